package dev.holdfast.postgres.testing.random;

/** Dictionaries and configurations of text search. */
final class TextSearch {
    private final Making making;

    TextSearch(Making making) {
        this.making = making;
    }

    void make() {
        String dictionary = making.fresh();
        making.script.add(
                Kind.TEXT_SEARCH_DICTIONARY,
                "CREATE TEXT SEARCH DICTIONARY " + dictionary
                        + " (TEMPLATE = pg_catalog.simple, STOPWORDS = english, ACCEPT = false)");
        making.script.object("TEXT SEARCH DICTIONARY", dictionary);
        String configuration = making.fresh();
        making.script.add(
                Kind.TEXT_SEARCH_CONFIGURATION,
                "CREATE TEXT SEARCH CONFIGURATION " + configuration + " (COPY = pg_catalog.english)");
        making.script.add("ALTER TEXT SEARCH CONFIGURATION " + configuration
                + " ALTER MAPPING FOR asciiword, word WITH " + dictionary + ", pg_catalog.english_stem");
        making.script.add("ALTER TEXT SEARCH CONFIGURATION " + configuration + " DROP MAPPING FOR email");
        making.script.object("TEXT SEARCH CONFIGURATION", configuration);
    }
}
