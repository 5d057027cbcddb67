package dev.estran.model.provider.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Measures the local methods on the labelled sets beside this class and holds the committed figures (and the reference
 * page made of them) to what is measured. {@code -Destran.docs=write} writes both anew.
 */
final class LocalMethodsQualityTest {

    private static final Path ROOT = Path.of(System.getProperty("estran.root", ".."));
    private static final Pattern MARKED = Pattern.compile("\\{([a-z_]+):([^}]*)\\}");

    private final List<String> wrong = new ArrayList<>();

    @Test
    void figuresAreThoseCommitted() throws Exception {
        Map<String, String> measured = new LinkedHashMap<>();
        measured.put("mask", mask());
        measured.put("extract", extract());
        measured.put("classify", classify());
        measured.put("similarity", similarity());
        measured.put("detect_language", language());
        measured.put("summarize", "not measured: it quotes the text; which sentences matter is a matter of taste");
        String json = LocalMethodsPage.json(measured);
        String page = LocalMethodsPage.markdown(measured);
        Path resource = ROOT.resolve("platform/src/main/resources/dev/estran/model/provider/local/local-methods.json");
        Path reference = ROOT.resolve("docs/reference/local-methods.md");
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/local-methods-wrong.txt"), wrong);
        if ("write".equals(System.getProperty("estran.docs"))) {
            Files.createDirectories(Objects.requireNonNull(resource.getParent()));
            Files.createDirectories(Objects.requireNonNull(reference.getParent()));
            Files.writeString(resource, json);
            Files.writeString(reference, page);
        }
        String hint =
                "cases answered wrongly are in target/local-methods-wrong.txt; -Destran.docs=write commits new figures";
        assertThat(Files.readString(resource)).as(hint).isEqualTo(json);
        assertThat(Files.readString(reference)).as(hint).isEqualTo(page);
    }

    private String mask() throws Exception {
        Counts all = new Counts();
        Counts checked = new Counts();
        Set<MaskKind> checksums = EnumSet.of(
                MaskKind.IBAN,
                MaskKind.CREDIT_CARD,
                MaskKind.SIREN,
                MaskKind.SIRET,
                MaskKind.NIR,
                MaskKind.EMAIL,
                MaskKind.PHONE,
                MaskKind.IP,
                MaskKind.URL,
                MaskKind.SSN,
                MaskKind.DATE);
        List<String> lines = lines("mask.txt");
        for (String line : lines) {
            StringBuilder text = new StringBuilder();
            Map<Span, MaskKind> expected = new LinkedHashMap<>();
            Matcher marked = MARKED.matcher(line);
            int position = 0;
            while (marked.find()) {
                text.append(line, position, marked.start());
                expected.put(
                        new Span(text.length(), text.length() + marked.group(2).length()),
                        MaskKind.valueOf(marked.group(1).toUpperCase(Locale.ROOT)));
                text.append(marked.group(2));
                position = marked.end();
            }
            text.append(line, position, line.length());
            for (MaskKind kind : MaskKind.values()) {
                Set<Span> wanted = new HashSet<>();
                expected.forEach((span, of) -> {
                    if (of == kind) {
                        wanted.add(span);
                    }
                });
                Set<Span> found = new HashSet<>(TextMasker.find(text.toString(), EnumSet.of(kind)));
                all.add(wanted, found);
                if (checksums.contains(kind)) {
                    checked.add(wanted, found);
                }
                if (!wanted.equals(found)) {
                    wrong.add("mask " + kind + ": " + line + " -> "
                            + found.stream().map(s -> s.of(text.toString())).toList());
                }
            }
        }
        return checked.text("identifiers and dates") + "; " + all.text("with addresses and persons") + "; "
                + lines.size() + " texts in French and English";
    }

    private String extract() throws Exception {
        int right = 0;
        int filled = 0;
        int filledRight = 0;
        List<String> lines = lines("extract.txt");
        for (String line : lines) {
            String[] parts = line.split("\t", -1);
            String expected = parts[2].isEmpty() ? null : parts[2];
            String value = FieldExtractor.extract(parts[0], List.of(parts[1])).get(parts[1]);
            boolean same = Objects.equals(value, expected);
            right += same ? 1 : 0;
            filled += value == null ? 0 : 1;
            filledRight += value != null && same ? 1 : 0;
            note(same, "extract", line, value);
        }
        return Shares.text("fields right", right, lines.size()) + "; "
                + Shares.text("right among values given", filledRight, filled);
    }

    private String classify() throws Exception {
        int given = 0;
        int right = 0;
        int possible = 0;
        List<String> lines = lines("classify.txt");
        for (String line : lines) {
            String[] parts = line.split("\t", -1);
            String expected = parts[2].isEmpty() ? null : parts[2];
            String label = LexicalClassifier.classify(parts[1], List.of(parts[0].split(",")));
            possible += expected == null ? 0 : 1;
            given += label == null ? 0 : 1;
            right += label != null && label.equals(expected) ? 1 : 0;
            note(Objects.equals(label, expected), "classify", line, label);
        }
        return Shares.text("right among labels given", right, given) + "; "
                + Shares.text("found of those there are", right, possible) + "; short texts, " + lines.size()
                + " in all";
    }

    private String similarity() throws Exception {
        int right = 0;
        List<String> lines = lines("similarity.txt");
        for (String line : lines) {
            String[] parts = line.split("\t", -1);
            double near = TextSimilarity.similarity(parts[0], parts[1]);
            double far = TextSimilarity.similarity(parts[0], parts[2]);
            right += near > far ? 1 : 0;
            note(near > far, "similarity", line, near + " " + far);
        }
        return Shares.text("the reworded text is nearer than another one", right, lines.size());
    }

    private String language() throws Exception {
        int given = 0;
        int right = 0;
        int possible = 0;
        int shortAll = 0;
        int shortRight = 0;
        Set<String> languages = new HashSet<>();
        for (String line : lines("language.txt")) {
            String[] parts = line.split("\t", -1);
            String expected = parts[0].equals("-") ? null : parts[0];
            String found = LanguageDetection.detect(parts[1]);
            boolean same = Objects.equals(found, expected);
            possible += expected == null ? 0 : 1;
            given += found == null ? 0 : 1;
            right += found != null && same ? 1 : 0;
            if (expected != null) {
                languages.add(expected);
                boolean few = parts[1].split(" ").length <= 3;
                shortAll += few ? 1 : 0;
                shortRight += few && same ? 1 : 0;
            }
            note(same, "language", line, found);
        }
        return Shares.text("found of " + languages.size() + " languages", right, possible) + "; "
                + Shares.text("right among answers", right, given) + "; "
                + Shares.text("found in texts of one to three words", shortRight, shortAll) + "; " + freshLanguage();
    }

    /** Texts written after the method was finished, on other subjects. The method must not be mended on them. */
    private static String freshLanguage() throws Exception {
        List<String> lines = lines("language-fresh.txt");
        int given = 0;
        int right = 0;
        for (String line : lines) {
            String found = LanguageDetection.detect(line.substring(3));
            given += found == null ? 0 : 1;
            right += line.substring(0, 2).equals(found) ? 1 : 0;
        }
        return "on texts written after the method: " + Shares.text("found", right, lines.size()) + ", "
                + Shares.text("right among answers", right, given);
    }

    private void note(boolean same, String method, String line, @Nullable String answer) {
        if (!same) {
            wrong.add(method + ": " + line + " -> " + answer);
        }
    }

    private static List<String> lines(String name) throws Exception {
        try (var stream = Objects.requireNonNull(LocalMethodsQualityTest.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    /** Pieces found, against pieces wanted. */
    private static final class Counts {
        private int right;
        private int wanted;
        private int found;

        void add(Set<Span> wantedSpans, Set<Span> foundSpans) {
            wanted += wantedSpans.size();
            found += foundSpans.size();
            right += (int) foundSpans.stream().filter(wantedSpans::contains).count();
        }

        String text(String what) {
            return what + ": " + Shares.text("recall", right, wanted) + ", " + Shares.text("precision", right, found);
        }
    }
}
