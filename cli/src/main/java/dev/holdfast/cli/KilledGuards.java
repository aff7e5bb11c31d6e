package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Ending;
import dev.holdfast.journal.JournalEntry;
import dev.holdfast.journal.JournalList;
import java.time.Instant;

/** Speaks of guards that were killed while their command ran, whatever was asked: nobody has looked what that did. */
final class KilledGuards {
    private KilledGuards() {}

    static void tell(Holdfast holdfast, Context context) {
        try {
            new JournalList(holdfast.journal(), Whoami.holder())
                    .killed("guard")
                    .forEach(guard -> context.say(words(guard)));
        } catch (HoldfastException e) {
            return; // what is asked for says so itself when the repository cannot be read
        }
    }

    private static String words(JournalEntry guard) {
        String when =
                guard.started().map(then -> Words.ago(then, Instant.now())).orElse("once");
        String line = "warning: the guard of source " + guard.source() + " that began " + when
                + (guard.ending() == Ending.KILLED ? " was killed" : " was perhaps killed when the system was started")
                + ", its command '"
                + guard.word("command").orElse("?") + "' perhaps not; holdfast compare " + guard.source() + "/"
                + guard.subject()
                + " shows what it did, holdfast rollback " + guard.source() + "/" + guard.subject() + " takes it back";
        return Words.plain(line);
    }
}
