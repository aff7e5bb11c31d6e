package dev.holdfast.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** CronJobs for Kubernetes, and the volume that keeps the repository. Secrets are named, never written. */
final class KubernetesJobs {
    private static final int LONGEST_NAME = 52;

    private KubernetesJobs() {}

    static Scheduler.Files files(Nightly nightly) {
        boolean isNamed = nightly.config().isPresent();
        String text = new Template("claim.yml").with("label", label(nightly)).text()
                + job(nightly, "backup", nightly.backup(), "\"backup\", \"--quiet\", \"--kind\", \"scheduled\"")
                + job(
                        nightly,
                        "drill",
                        nightly.drill(),
                        "\"drill\", \"latest\", \"--quiet\", \"--html\", \"/var/lib/holdfast/drill.html\", \"--junit\","
                                + " \"/var/lib/holdfast/drill.xml\"");
        String name = "holdfast-" + nightly.source() + ".yml";
        List<String> install = new ArrayList<>();
        install.add("kubectl create secret generic holdfast-" + label(nightly)
                + secrets(nightly).stream()
                        .map(each -> " --from-literal=" + each + "=...")
                        .collect(Collectors.joining()));
        if (isNamed) {
            install.add("kubectl create configmap holdfast-" + label(nightly) + " --from-file=holdfast.yml="
                    + nightly.config().orElseThrow().file());
        }
        install.add("put an image with Holdfast, Java and PostgreSQL's programs for IMAGE, a size for the claim, and:"
                + " kubectl apply -f {folder}/" + name);
        return new Scheduler.Files(List.of(new Scheduler.File(name, text)), install);
    }

    /** What may stand in names there. */
    private static String label(Nightly nightly) {
        String label = nightly.source().replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
        int most = LONGEST_NAME - "holdfast-backup-".length();
        return label.length() > most ? label.substring(0, most).replaceAll("-$", "") : label;
    }

    private static List<String> secrets(Nightly nightly) {
        if (nightly.config().isEmpty()) {
            return List.of("HOLDFAST_DB");
        }
        var all = new TreeSet<>(nightly.variables());
        all.add("PGPASSWORD");
        return List.copyOf(all);
    }

    private static String job(Nightly nightly, String what, Cron at, String words) {
        boolean isNamed = nightly.config().isPresent();
        String options =
                isNamed ? ", \"--config\", \"/etc/holdfast/holdfast.yml\", \"--db\", \"" + nightly.source() + "\"" : "";
        return new Template("cronjob.yml")
                .with("what", what)
                .with("label", label(nightly))
                .with("schedule", at.toString())
                .with("zone", nightly.here().who().zone())
                .with("words", words + options)
                .with(
                        "variables",
                        secrets(nightly).stream()
                                .map(name -> variable(nightly, name))
                                .collect(Collectors.joining()))
                .with(
                        "mount",
                        isNamed ? "                - {name: config, mountPath: /etc/holdfast, readOnly: true}\n" : "")
                .with(
                        "volume",
                        isNamed
                                ? "            - name: config\n              configMap: {name: holdfast-"
                                        + label(nightly) + "}\n"
                                : "")
                .text();
    }

    private static String variable(Nightly nightly, String name) {
        boolean isNeeded = nightly.config().isEmpty() || nightly.variables().contains(name);
        return "                - name: " + name + "\n                  valueFrom:\n"
                + "                    secretKeyRef: {name: holdfast-" + label(nightly) + ", key: " + name
                + (isNeeded ? "" : ", optional: true") + "}\n";
    }
}
