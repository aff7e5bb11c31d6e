package dev.holdfast.schedule;

import java.util.List;
import java.util.Locale;

/** Who starts things by themselves, and what must be written for it. */
public enum Scheduler {
    CRONTAB,
    SYSTEMD,
    WINDOWS,
    GITHUB,
    KUBERNETES;

    /** One file: its name without a folder, and all of its text. */
    public record File(String name, String text) {}

    /**
     * What is written.
     *
     * @param install what a person does with it, line by line; <code>{folder}</code> stands for where the files are
     */
    public record Files(List<File> files, List<String> install) {
        public Files {
            files = List.copyOf(files);
            install = List.copyOf(install);
        }
    }

    /** Writes it; an error when it cannot be said there. */
    public Files files(Nightly nightly) {
        return switch (this) {
            case CRONTAB -> Crontab.files(nightly);
            case SYSTEMD -> SystemdUnits.files(nightly);
            case WINDOWS -> WindowsTasks.files(nightly);
            case GITHUB -> GithubWorkflow.files(nightly);
            case KUBERNETES -> KubernetesJobs.files(nightly);
        };
    }

    /** Its name as people type it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
