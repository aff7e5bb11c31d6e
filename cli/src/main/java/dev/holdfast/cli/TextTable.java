package dev.holdfast.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Columns of text, each as wide as its widest cell; columns of numbers stand to the right. */
final class TextTable {
    private static final Pattern NUMBER = Pattern.compile("([0-9][0-9,.]*( [kMGTP]?B)?)?");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... titles) {
        this.titles = List.of(titles);
    }

    /** Control characters in a cell must not move the reader's terminal. */
    void row(List<String> cells) {
        rows.add(cells.stream()
                .map(cell -> CONTROL.matcher(cell).replaceAll(" "))
                .toList());
    }

    void row(String... cells) {
        row(List.of(cells));
    }

    /** Prints titles and rows; nothing when there is no row. */
    void print(PrintStream to) {
        if (rows.isEmpty()) {
            return;
        }
        List<StringBuilder> lines = new ArrayList<>();
        for (int i = 0; i <= rows.size(); i++) {
            lines.add(new StringBuilder());
        }
        for (int column = 0; column < titles.size(); column++) {
            addColumn(lines, column);
        }
        lines.forEach(line -> to.println(line.toString().stripTrailing()));
    }

    private void addColumn(List<StringBuilder> lines, int column) {
        List<String> cells = new ArrayList<>(List.of(titles.get(column)));
        rows.forEach(row -> cells.add(row.get(column)));
        int width = cells.stream().mapToInt(String::length).max().orElse(0);
        boolean right =
                cells.stream().skip(1).allMatch(cell -> NUMBER.matcher(cell).matches());
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(width - cells.get(i).length());
            lines.get(i)
                    .append(right ? padding : cells.get(i))
                    .append(right ? cells.get(i) : padding)
                    .append("  ");
        }
    }
}
