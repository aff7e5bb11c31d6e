package dev.holdfast.project;

import dev.holdfast.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The run of a CI product that this process belongs to, as its variables say.
 *
 * @param product in our word: {@code github_actions}; {@code unknown} for one that only says that it is one
 * @param run the product's own id or number of it
 * @param url where a person finds it, without any secret
 */
record CiRun(
        String product, Optional<String> run, Optional<String> url, Optional<String> branch, Optional<String> commit) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Z0-9_]+)}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");
    private static final String BRANCHES = "refs/heads/";

    /** The run that the variables speak of, if any. */
    static Optional<CiRun> of(Map<String, String> environment) {
        return CiProducts.ALL.stream()
                .filter(product -> says(environment, product.mark()))
                .findFirst()
                .map(product -> of(product, environment));
    }

    private static CiRun of(CiProducts.Product product, Map<String, String> environment) {
        CiProducts.Says says = product.says();
        return new CiRun(
                product.name(),
                filled(says.run(), environment).map(PlainText::of),
                filled(says.url(), environment)
                        .map(url -> url.replace(" ", "%20"))
                        .flatMap(PlainText::url),
                branch(says.branch(), environment),
                filled(says.commit(), environment)
                        .filter(commit -> COMMIT.matcher(commit).matches()));
    }

    /** Whether the variable is set, and not to a word for no. */
    private static boolean says(Map<String, String> environment, String variable) {
        String value = environment.getOrDefault(variable, "");
        return !value.isBlank() && !value.equalsIgnoreCase("false") && !value.equals("0");
    }

    /** A tag or what a pull request would be merged into is no branch. */
    private static Optional<String> branch(String templates, Map<String, String> environment) {
        return filled(templates, environment)
                .filter(ref -> !ref.startsWith("refs/") || ref.startsWith(BRANCHES))
                .filter(ref -> CiProducts.TAGS.stream().noneMatch(tag -> ref.equals(environment.get(tag))))
                .map(ref -> PlainText.of(ref.startsWith(BRANCHES) ? ref.substring(BRANCHES.length()) : ref));
    }

    private static Optional<String> filled(String templates, Map<String, String> environment) {
        for (String template : templates.split(" or ", -1)) {
            String filled = VARIABLE.matcher(template)
                    .replaceAll(name -> Matcher.quoteReplacement(
                            environment.getOrDefault(name.group(1), "").strip()));
            boolean all = VARIABLE.matcher(template)
                    .results()
                    .noneMatch(
                            name -> environment.getOrDefault(name.group(1), "").isBlank());
            if (all && !filled.isEmpty()) {
                return Optional.of(filled);
            }
        }
        return Optional.empty();
    }

    /** As it stands in a head, as {@code ci}. */
    JsonObject json() {
        return new JsonObject()
                .put("product", product)
                .putIfPresent("run", run)
                .putIfPresent("url", url)
                .putIfPresent("branch", branch)
                .putIfPresent("commit", commit);
    }
}
