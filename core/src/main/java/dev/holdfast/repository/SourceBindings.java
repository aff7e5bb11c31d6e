package dev.holdfast.repository;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;
import dev.holdfast.store.BlobName;
import dev.holdfast.store.BlobStore;
import dev.holdfast.store.Content;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which database each source is bound to: {@code source.json}, written at its first backup, and later bindings beside it. */
public final class SourceBindings {
    private final BlobStore store;
    private final Optional<SourceName> called;

    /**
     * @param called what the database at hand is called by people; empty when its own name says which source it is
     */
    SourceBindings(BlobStore store, Optional<SourceName> called) {
        this.store = store;
        this.called = called;
    }

    /** The source that people call the database at hand; empty when its own name says which one it is. */
    public Optional<SourceName> called() {
        return called;
    }

    /** The identities that a source is bound to, oldest first; none when there is no such source. */
    public List<JsonObject> identities(SourceName source) {
        List<JsonObject> identities = new ArrayList<>();
        for (int number = 1; ; number++) {
            Optional<JsonObject> identity = read(Layout.source(source, number));
            if (identity.isEmpty()) {
                return identities;
            }
            identities.add(identity.get());
        }
    }

    /**
     * The source that a database is, or would be at its first backup: what people call it, else its name, with four hex digits when another
     * one has that. Those digits may be of a database whose place it has taken.
     */
    public SourceName of(String databaseName, JsonObject identity) {
        SourceName plain = called.orElseGet(() -> SourceName.from(databaseName));
        List<JsonObject> bound = identities(plain);
        if (bound.isEmpty() || bound.contains(identity)) {
            return plain;
        }
        called.ifPresent(name -> {
            throw another(name, bound.get(0), identity);
        });
        return sources().stream()
                .filter(source -> source.value().matches(Pattern.quote(plain.value()) + "-[0-9a-f]{4}"))
                .filter(source -> identities(source).contains(identity))
                .findFirst()
                .orElseGet(
                        () -> plain.with(Sha256.of(Json.bytes(identity)).hex().substring(0, 4)));
    }

    /** A name that people gave is nobody else's: to choose another one for them would hide that two databases share it. */
    private static HoldfastException another(SourceName name, JsonObject bound, JsonObject identity) {
        return new HoldfastException(
                        ErrorCode.SOURCE_MISMATCH,
                        "source " + name + " is another database (" + bound + ") than the one it is now said to be ("
                                + identity + ")")
                .withHint("if it is the same one after a failover, an upgrade or a swap: holdfast backup --same-source;"
                        + " else give it a name of its own");
    }

    /** Every source that is bound, in the order of their names. */
    public SortedSet<SourceName> sources() {
        SortedSet<SourceName> sources = new TreeSet<>();
        store.list(Layout.BACKUPS, facts -> {
            String[] parts = facts.name().path().split("/", -1);
            if (parts.length == 3 && parts[2].equals("source.json") && SourceName.isValid(parts[1])) {
                sources.add(new SourceName(parts[1]));
            }
        });
        return sources;
    }

    /** Binds a source to one more database. Whoever binds it at the same time to another one is refused. */
    public void bind(SourceName source, JsonObject identity, Instant at) {
        int number = identities(source).size() + 1;
        var json = new JsonObject()
                .put("source", source.value())
                .put("identity", identity)
                .put("bound_at", at.toString());
        BlobName name = Layout.source(source, number);
        if (store.create(name, Content.of(Sealed.bytes(json))) == BlobStore.Creation.TAKEN
                && !read(name).equals(Optional.of(identity))) {
            throw new HoldfastException(
                    ErrorCode.SOURCE_MISMATCH,
                    "source " + source + " has just been bound to another database by another run");
        }
    }

    private Optional<JsonObject> read(BlobName name) {
        return SealedBlob.find(store, name, json -> json.object("identity"));
    }
}
