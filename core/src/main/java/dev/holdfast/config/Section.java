package dev.holdfast.config;

import dev.holdfast.error.HoldfastException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Keys and values that stand together in a config file. Whatever is not as it should be is an error that says where. */
final class Section {
    /** How errors speak of the whole file. */
    static final String TOP = "the file";

    private static final Set<Tag> PLAIN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.MAP, Tag.SEQ, Tag.ENV_TAG);

    private final Path file;
    private final String name;
    private final Variables variables;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Place> keys = new LinkedHashMap<>();

    private final Place start;

    private Section(Path file, String name, Node node, Variables variables) {
        this.file = file;
        this.start = place(node);
        this.name = name;
        this.variables = variables;
        if (!(node instanceof MappingNode mapping)) {
            throw place(node).error(name + " is not a list of keys with values").withHint("key: value");
        }
        mapping.getValue().forEach(this::add);
    }

    /**
     * @param name how errors speak of it
     * @param known the keys that may stand in it; empty for any
     */
    static Section of(Path file, String name, Node node, Variables variables, Set<String> known) {
        var section = new Section(file, name, node, variables);
        section.keys.forEach((key, place) -> {
            if (!known.isEmpty() && !known.contains(key)) {
                throw place.error("unknown key '" + shortened(key) + "' in " + name)
                        .withHint(Spelling.hint(key, known));
            }
        });
        return section;
    }

    private void add(NodeTuple tuple) {
        Place place = place(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            throw place.error("a key in " + name + " is not a word").withHint("key: value");
        }
        Place before = keys.putIfAbsent(key.getValue(), place);
        if (before != null) {
            throw place.error("key '" + shortened(key.getValue()) + "' stands twice in " + name)
                    .withHint("it stands in line " + before.line() + ", too");
        }
        checkTag(tuple.getValueNode(), key.getValue());
        values.put(key.getValue(), tuple.getValueNode());
    }

    private void checkTag(Node value, String key) {
        if (value.getTag().equals(Tag.NULL)) {
            throw place(value)
                    .error("'" + shortened(key) + "' in " + name + " has no value")
                    .withHint("give it one, or leave the key out; null as a text is written in quotes");
        }
        if (!PLAIN.contains(value.getTag())) {
            throw place(value)
                    .error("the tag " + shortened(value.getTag().getValue()) + " means nothing here")
                    .withHint("a text that begins with ! is written in quotes");
        }
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    private Place place(Node node) {
        return Place.of(file, node.getStartMark());
    }

    /** The keys in the order of the file. */
    Set<String> keys() {
        return keys.keySet();
    }

    /** Where it begins. */
    Place start() {
        return start;
    }

    /** Where a key stands that is there. */
    Place place(String key) {
        Place place = keys.get(key);
        if (place == null) {
            throw new IllegalArgumentException(key);
        }
        return place;
    }

    Optional<Section> section(String key, Set<String> known) {
        return Optional.ofNullable(values.get(key)).map(node -> of(file, words(key), node, variables, known));
    }

    /** One that has variables, and perhaps a name, of its own. */
    Section named(String key, String own, Set<String> known, Variables its) {
        return of(file, own, value(key), its, known);
    }

    private Node value(String key) {
        Node node = values.get(key);
        if (node == null) {
            throw new IllegalArgumentException(key);
        }
        return node;
    }

    private String words(String key) {
        return name.equals(TOP) ? key : key + " of " + name;
    }

    /** Several of them, as a list. */
    List<Section> sections(String key, Set<String> known) {
        Node node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof SequenceNode list)) {
            throw place(node).error(words(key) + " is not a list").withHint("[{key: value}, {key: value}]");
        }
        List<Section> sections = new ArrayList<>();
        for (Node each : list.getValue()) {
            sections.add(of(file, words(key), each, variables, known));
        }
        return sections;
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).map(node -> text(node, key));
    }

    /** One text or a list of them. */
    List<String> texts(String key) {
        Node node = values.get(key);
        if (node == null) {
            return List.of();
        }
        List<Node> nodes = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        List<String> texts = new ArrayList<>();
        for (Node each : nodes) {
            checkTag(each, key);
            texts.add(text(each, key));
        }
        return texts;
    }

    private String text(Node node, String key) {
        if (!(node instanceof ScalarNode scalar)) {
            throw place(node).error(words(key) + " is not a text").withHint("a text with { or [ is written in quotes");
        }
        String text = variables.filled(scalar.getValue(), place(node));
        if (text.isBlank() && variables.missing().isEmpty()) {
            throw place(node).error(words(key) + " is empty").withHint("give it a value, or leave the key out");
        }
        return text;
    }

    /** A text that means something; where it waits for a variable, nobody can say what. */
    <T> Optional<T> parsed(String key, Function<String, T> parse) {
        Optional<String> text = text(key);
        if (text.isEmpty() || variables.missing().isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text.get()));
        } catch (HoldfastException e) {
            throw e.during(place(value(key)).toString());
        }
    }
}
