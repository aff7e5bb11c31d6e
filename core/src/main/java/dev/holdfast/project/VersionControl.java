package dev.holdfast.project;

import dev.holdfast.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/** What version control says of the folder that a command is run in. */
sealed interface VersionControl {
    /** As it stands in a head, as {@code git}. */
    JsonObject json();

    /**
     * A work tree.
     *
     * @param branch empty when a commit is checked out and no branch
     * @param commit empty before the first one
     * @param dirty whether there are changed or untracked files; empty when that is not known
     */
    record WorkTree(Optional<String> branch, Optional<String> commit, Optional<Boolean> dirty)
            implements VersionControl {
        @Override
        public JsonObject json() {
            return new JsonObject()
                    .putIfPresent("branch", branch)
                    .putIfPresent("commit", commit)
                    .putIfPresent("dirty", dirty);
        }
    }

    /**
     * Nothing is known.
     *
     * @param message what git said, where the reason alone does not say enough
     */
    record Unknown(Reason reason, Optional<String> message) implements VersionControl {
        static Unknown because(Reason reason) {
            return new Unknown(reason, Optional.empty());
        }

        @Override
        public JsonObject json() {
            return new JsonObject().put("unknown", reason.word()).putIfPresent("message", message);
        }
    }

    /** Why nothing is known. */
    enum Reason {
        /** It is not installed. */
        NO_GIT,
        /** The folder has gone. */
        NO_FOLDER,
        NO_REPOSITORY,
        /** A bare repository, or the inside of one. */
        NO_WORK_TREE,
        /** The repository is somebody else's, whom git does not trust. */
        NOT_TRUSTED,
        /** It took too long. */
        NO_ANSWER,
        FAILED;

        /** As it stands in a head. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
