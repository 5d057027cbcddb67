package dev.estran.testing.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TicketsTest {
    private static final List<Map<String, String>> TICKETS = SampleFiles.csv("tickets.csv");
    private static final Pattern IBAN =
            Pattern.compile("\\b(?:FR|BE)\\d{2}(?: ?[0-9]{4}){3}(?: ?[0-9]{4})*(?: ?[0-9]{1,3})?\\b");

    @Test
    void has1500TicketsInUnbalancedTopicsAndThreeLanguages() {
        Map<String, Integer> topics = count("topic");
        Map<String, Integer> languages = count("language");
        assertThat(TICKETS).hasSize(1_500);
        assertThat(topics.keySet())
                .isEqualTo(Set.of(
                        "account",
                        "billing",
                        "delivery",
                        "other",
                        "product_defect",
                        "refund",
                        "shop_experience",
                        "stock"));
        assertThat(topics.values()).allMatch(n -> n >= 60);
        assertThat(topics.get("delivery")).isGreaterThan(3 * topics.getOrDefault("other", 0));
        assertThat(languages.get("fr")).isBetween(820, 980);
        assertThat(languages.get("en")).isBetween(450, 600);
        assertThat(languages.get("mixed")).isBetween(50, 110);
    }

    @Test
    void noSequenceOfEightWordsIsInMoreThanOnePerCent() {
        Map<String, Integer> counts = new HashMap<>();
        for (Map<String, String> ticket : TICKETS) {
            String[] words = body(ticket).toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+");
            Set<String> seen = new HashSet<>();
            for (int i = 0; i + 8 <= words.length; i++) {
                seen.add(String.join(" ", Arrays.copyOfRange(words, i, i + 8)));
            }
            seen.forEach(s -> counts.merge(s, 1, Integer::sum));
        }
        assertThat(counts)
                .allSatisfy((sequence, n) -> assertThat(n).as(sequence).isLessThanOrEqualTo(15));
    }

    @Test
    void atMostOnePerCentAreDuplicates() {
        Set<String> distinct = new HashSet<>();
        TICKETS.forEach(t -> distinct.add(body(t)));
        assertThat(TICKETS.size() - distinct.size()).isBetween(1, 15);
    }

    @Test
    void noPlaceholderOrBraceIsLeft() {
        assertThat(TICKETS).allSatisfy(t -> {
            assertThat(body(t))
                    .isNotBlank()
                    .doesNotContain("<", "{", "}", "|", "  ")
                    .doesNotMatch("(?s)^#.*");
            assertThat(t.get("subject")).doesNotContain("<", "{", "}", "|");
        });
    }

    @Test
    void ibansHaveValidCheckDigits() {
        int found = 0;
        for (Map<String, String> ticket : TICKETS) {
            Matcher matcher = IBAN.matcher(body(ticket));
            while (matcher.find()) {
                String compact = matcher.group().replace(" ", "");
                assertThat(Contact.remainder(compact.substring(4) + compact.substring(0, 4)))
                        .as(compact)
                        .isEqualTo(1);
                assertThat(compact.length()).as(compact).isEqualTo(compact.startsWith("FR") ? 27 : 16);
                found++;
            }
        }
        assertThat(found).isGreaterThan(10);
    }

    @Test
    void shopsAndCustomersExist() {
        Set<String> shops = SampleFiles.values(SampleFiles.csv("shops.csv"), "shop_id");
        Set<String> customers = SampleFiles.customers();
        assertThat(TICKETS).allSatisfy(t -> {
            assertThat(shops).contains(t.get("shop_id"));
            assertThat(t.get("customer_id"))
                    .satisfiesAnyOf(
                            c -> assertThat(c).isEmpty(),
                            c -> assertThat(customers).contains(c));
        });
    }

    /** Neither hopeless nor separable by keywords; a fold never sees a body it was trained on. */
    @Test
    void aLinearClassifierFindsThemNeitherTrivialNorHopeless() {
        List<String> topics = new ArrayList<>(count("topic").keySet());
        int folds = 5;
        int n = topics.size();
        int[] hit = new int[n];
        int[] predicted = new int[n];
        int[] actual = new int[n];
        for (int fold = 0; fold < folds; fold++) {
            LinearClassifier classifier = new LinearClassifier(n);
            List<int[]> documents = new ArrayList<>();
            List<Integer> labels = new ArrayList<>();
            for (Map<String, String> t : TICKETS) {
                if (fold(t, folds) != fold) {
                    documents.add(LinearClassifier.features(body(t)));
                    labels.add(topics.indexOf(t.get("topic")));
                }
            }
            classifier.train(documents, labels, 7);
            for (Map<String, String> t : TICKETS) {
                if (fold(t, folds) == fold) {
                    int guess = classifier.predict(LinearClassifier.features(body(t)));
                    int label = topics.indexOf(t.get("topic"));
                    predicted[guess]++;
                    actual[label]++;
                    hit[label] += guess == label ? 1 : 0;
                }
            }
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += 2.0 * hit[i] / (predicted[i] + actual[i]);
        }
        assertThat(sum / n).as("macro-F1").isBetween(0.70, 0.93);
    }

    private static int fold(Map<String, String> ticket, int folds) {
        return Math.floorMod(body(ticket).hashCode() * 0x9E3779B1, folds);
    }

    private static String body(Map<String, String> ticket) {
        return ticket.getOrDefault("body", "");
    }

    private static Map<String, Integer> count(String column) {
        Map<String, Integer> out = new TreeMap<>();
        TICKETS.forEach(t -> out.merge(t.getOrDefault(column, ""), 1, Integer::sum));
        return out;
    }
}
