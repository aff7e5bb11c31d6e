package dev.holdfast.testing;

import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Capture;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Earlier;
import dev.holdfast.engine.Fingerprint;
import dev.holdfast.engine.Occupant;
import dev.holdfast.engine.Part;
import dev.holdfast.engine.PieceBytes;
import dev.holdfast.engine.Protection;
import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.RecordSink;
import dev.holdfast.engine.Relation;
import dev.holdfast.engine.Replacement;
import dev.holdfast.engine.Restoration;
import dev.holdfast.engine.RestoreOrder;
import dev.holdfast.engine.SmallTables;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Run;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A database in memory: tables are lists of records, cut into ranges of a fixed number of them. A capture sees the moment at which it was
 * opened, whatever is written afterwards. Nothing can be restored into it. Written to by one thread; the readers of a capture may be used
 * by others.
 */
public final class MemoryDatabase implements Database {
    public static final String PRODUCT = "memory";

    private final String name;
    private final InstantSource clock;
    private final int recordsInRange;
    private final Map<String, List<byte[]>> tables = new TreeMap<>();
    private final Set<String> forTheLeadAlone = new HashSet<>();
    private final SortedMap<String, byte[]> pieces = new TreeMap<>();
    private final MemoryTables smallTables = new MemoryTables();
    private JsonObject identity = new JsonObject().put("system", "1").put("oid", 16384);
    private int open;
    private boolean isProtected;
    private final Set<String> unreliable = new HashSet<>();
    private final IdentityHashMap<byte[], Integer> versions = new IdentityHashMap<>();
    private final AtomicLong readRecords = new AtomicLong();
    private int miscounted;
    private final Map<String, List<String>> columns = new TreeMap<>();
    private final Map<String, List<String>> keys = new TreeMap<>();

    public MemoryDatabase(String name, InstantSource clock, int recordsInRange) {
        this.name = name;
        this.clock = clock;
        this.recordsInRange = recordsInRange;
        pieces.put("schema.txt", "the schema".getBytes(StandardCharsets.UTF_8));
    }

    /** The records of a table, to be changed at will; a table that is not there is made. */
    public List<byte[]> table(String table) {
        return tables.computeIfAbsent(table, made -> new ArrayList<>());
    }

    /** Fills a table with as many different records as said. */
    public MemoryDatabase with(String table, int records) {
        List<byte[]> filled = table(table);
        for (int i = 0; i < records; i++) {
            filled.add(record(table + " " + i));
        }
        return this;
    }

    /** A record with its line end. */
    public static byte[] record(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** From now on it is another database under the same name. */
    public void becomeAnother(String system) {
        identity = new JsonObject().put("system", system).put("oid", 16384);
    }

    /** Only the first reader can get at this table. */
    public void forTheLeadAlone(String table) {
        forTheLeadAlone.add(table);
    }

    /** Says what the fields of a table's records are called, and which of them are its key; see {@link MemoryText}. */
    public void columns(String table, List<String> names, List<String> key) {
        columns.put(table, List.copyOf(names));
        keys.put(table, List.copyOf(key));
    }

    /** Drops a table. */
    public void drop(String table) {
        tables.remove(table);
    }

    /** From now on fingerprints of this table mean nothing. */
    public void unreliable(String table) {
        unreliable.add(table);
    }

    /** From now on it says of each range that there is one record more than it gives. */
    public void miscount() {
        miscounted = 1;
    }

    /** How many records readers have given so far. */
    public long readRecords() {
        return readRecords.get();
    }

    public void piece(String piece, byte[] bytes) {
        pieces.put(piece, bytes);
    }

    /** Its tables with columns, to be filled at will. They are no records of a backup. */
    public MemoryTables smallTables() {
        return smallTables;
    }

    /** Every record of every table, one after another, as a backup that holds them all gives them back. */
    public Map<String, String> rows() {
        Map<String, String> rows = new TreeMap<>();
        tables.forEach((table, records) -> rows.put(table, join(records)));
        return rows;
    }

    private static String join(List<byte[]> records) {
        var all = new StringBuilder();
        records.forEach(each -> all.append(new String(each, StandardCharsets.ISO_8859_1)));
        return all.toString();
    }

    /** How many captures were opened and not closed. */
    public int openCaptures() {
        return open;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String address() {
        return "memory:" + name;
    }

    @Override
    public JsonObject identity() {
        return identity;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Protection protection() {
        return new Protection() {
            @Override
            public boolean isOn() {
                return isProtected;
            }

            @Override
            public void set(boolean on) {
                isProtected = on;
            }
        };
    }

    @Override
    public Capture capture(Run run, int readers, Earlier earlier) {
        open++;
        return new Moment(readers, earlier);
    }

    @Override
    public boolean hasDatabase(String database) {
        return name().equals(database);
    }

    @Override
    public Occupant occupant(String replaced, String mark) {
        throw new HoldfastException(ErrorCode.UNSUPPORTED, address() + ": nothing can be replaced in memory");
    }

    @Override
    public Restoration restoreInto(Run run, RestoreOrder order) {
        throw new HoldfastException(ErrorCode.UNSUPPORTED, address() + ": nothing can be restored into memory");
    }

    @Override
    public Replacement replacement(Run run, String doing) {
        throw new UnsupportedOperationException("rows in memory are not put back");
    }

    @Override
    public void close() {
        // nothing is held
    }

    private final class Moment implements Capture {
        private final Instant moment = clock.instant();
        private final int readers;
        private final Optional<String> fullRead;
        private final Map<String, List<byte[]>> seen = new TreeMap<>();

        private Moment(int readers, Earlier earlier) {
            this.readers = readers;
            this.fullRead = earlier.fullRead();
            tables.forEach((table, records) -> seen.put(table, List.copyOf(records)));
        }

        /** Answers how many tables there are, whatever is asked. */
        @Override
        public String answer(String question) {
            return String.valueOf(relations().size());
        }

        @Override
        public OptionalLong writtenSince() {
            return OptionalLong.empty();
        }

        @Override
        public Instant moment() {
            return moment;
        }

        @Override
        public List<Relation> relations() {
            List<Relation> relations = new ArrayList<>();
            seen.forEach((table, records) -> relations.add(relation(table, records)));
            relations.sort(Comparator.comparing(Relation::bytes).reversed());
            return relations;
        }

        private Relation relation(String table, List<byte[]> records) {
            List<JsonObject> ranges = new ArrayList<>();
            for (int from = 0; from == 0 || from < records.size(); from += recordsInRange) {
                int to = Math.min(from + recordsInRange, records.size());
                ranges.add(new JsonObject().put("from", from).put("to", to));
            }
            long bytes = records.stream().mapToLong(each -> each.length).sum();
            Optional<String> readInFull =
                    fullRead.or(() -> unreliable.contains(table) ? Optional.of("it is unreliable") : Optional.empty());
            var facts = new JsonObject().put("table", table);
            if (columns.containsKey(table)) {
                facts.put("columns", columns.get(table)).put("key", keys.get(table));
            }
            return new Relation(table, facts, bytes, ranges, readInFull);
        }

        @Override
        public Optional<String> fullRead() {
            return fullRead;
        }

        @Override
        public List<RangeReader> readers() {
            List<RangeReader> made = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                made.add(reader(i == 0));
            }
            return made;
        }

        private RangeReader reader(boolean lead) {
            return new RangeReader() {
                private boolean reaches(Relation relation) {
                    return lead || !forTheLeadAlone.contains(relation.name());
                }

                @Override
                public List<Optional<Fingerprint>> fingerprints(List<Part> parts) {
                    return parts.stream()
                            .map(part -> Optional.of(fingerprint(records(part.relation(), part.range())))
                                    .filter(known -> reaches(part.relation())))
                            .toList();
                }

                @Override
                public boolean read(Relation relation, JsonObject range, RecordSink sink) {
                    if (!reaches(relation)) {
                        return false;
                    }
                    records(relation, range).forEach(each -> {
                        readRecords.incrementAndGet();
                        sink.part(each, 0, each.length, true);
                    });
                    return true;
                }
            };
        }

        private List<byte[]> records(Relation relation, JsonObject range) {
            return seen.getOrDefault(relation.name(), List.of())
                    .subList((int) range.count("from"), (int) range.count("to"));
        }

        /** Each record has a version of its own from the moment it is written, whatever it says. */
        private Fingerprint fingerprint(List<byte[]> records) {
            StringBuilder all = new StringBuilder();
            synchronized (versions) {
                records.forEach(each -> all.append(versions.computeIfAbsent(each, written -> versions.size()))
                        .append(' '));
            }
            return new Fingerprint(records.size() + miscounted, all.toString());
        }

        @Override
        public BackupText text() {
            return new MemoryText();
        }

        @Override
        public void checkUnmoved() {
            // a moment keeps its records
        }

        @Override
        public SmallTables tables() {
            return smallTables;
        }

        @Override
        public List<PieceBytes> pieces() {
            List<PieceBytes> made = new ArrayList<>();
            pieces.forEach((piece, bytes) -> made.add(new PieceBytes(piece, bytes)));
            return made;
        }

        @Override
        public JsonObject settle() {
            return new JsonObject().put("product", PRODUCT).put("identity", identity);
        }

        @Override
        public void close() {
            open--;
        }
    }
}
