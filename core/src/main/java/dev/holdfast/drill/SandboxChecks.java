package dev.holdfast.drill;

import dev.holdfast.drill.Checks.Claim;
import dev.holdfast.engine.Sandbox;
import dev.holdfast.error.HoldfastException;
import java.util.Optional;
import java.util.function.Function;

/** What a restored database shows by itself. */
final class SandboxChecks {
    private final Sandbox sandbox;
    private final Checks checks;

    SandboxChecks(Sandbox sandbox, Checks checks) {
        this.sandbox = sandbox;
        this.checks = checks;
    }

    /** What neither rows nor the schema's text show. */
    void observe(Function<String, Optional<byte[]>> pieces, int jobs) {
        checks.begin();
        try {
            for (Sandbox.Observation each : sandbox.observe(pieces, jobs)) {
                checks.settle(new Claim(each.name(), each.what()), each);
            }
        } catch (HoldfastException e) {
            checks.broken(new Claim("catalog", "what rows do not show is as it should be"), e);
        }
    }
}
