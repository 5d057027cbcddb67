package dev.estran.model.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts made to break the local methods. With a pattern that is not linear the long ones would not end. */
final class LocalMethodsHostileTest {

    private static final int LONG = 1_000_000;
    private static final int MEDIUM = 20_000;
    private static final List<String> KINDS = Arrays.stream(MaskKind.values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .toList();
    private static final List<String> FIELDS = List.of(
            "email",
            "phone",
            "iban",
            "siret",
            "card",
            "ip",
            "url",
            "date",
            "currency",
            "percentage",
            "postcode",
            "quantity",
            "amount",
            "order_number",
            "reference",
            "address",
            "person",
            "unknown_field");

    @Test
    void longRunsOfEveryTrickyPiece() {
        for (String piece : List.of(
                "a",
                "1",
                "0",
                " ",
                ".",
                "1 ",
                "0 ",
                "a@",
                "a.",
                "a.a@",
                "1.",
                "1-",
                ":",
                "a:",
                "FR76",
                "+33 ",
                "http://",
                "www.",
                "1 rue ",
                "12 rue de la ",
                "Marie ",
                "Mr A ",
                "de la ",
                "€",
                "1,",
                "12/",
                "(0",
                "((",
                "[",
                "\0",
                "\u202E",
                "🙂",
                "é",
                "commande ",
                "n°",
                "A-",
                "1er ",
                "4111 ",
                "A1-",
                "x 1",
                "\n",
                "M. ")) {
            String text = piece.repeat(MEDIUM / piece.length());
            assertThat(TextMasker.mask(text, KINDS)).as(piece).isNotNull();
            assertThat(FieldExtractor.extract(text, FIELDS)).as(piece).hasSize(FIELDS.size());
        }
        for (String piece : List.of("a", "1 ")) {
            assertThat(TextMasker.mask(piece.repeat(LONG / piece.length()), KINDS))
                    .as(piece)
                    .isNotNull();
        }
    }

    @Test
    void allMethodsTakeAnything() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>(List.of(
                "",
                " ",
                "\n\n",
                "\0",
                "🙂🙂",
                "\uD800",
                "\u202Eabc\u202C",
                "שלום",
                "a",
                "É".repeat(MEDIUM),
                "Mot. ".repeat(MEDIUM),
                "a b ".repeat(MEDIUM)));
        for (int i = 0; i < 200; i++) {
            texts.add(random.ints(random.nextInt(80), 0, 0x250)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
        }
        for (String text : texts) {
            String shown = "seed " + seed + ": " + LocalInput.shown(text);
            assertThat(TextMasker.mask(text, KINDS)).as(shown).isNotNull();
            assertThat(FieldExtractor.extract(text, FIELDS).keySet()).as(shown).containsExactlyElementsOf(FIELDS);
            assertThat(TextSimilarity.similarity(text, text)).as(shown).isEqualTo(1.0);
            double there = TextSimilarity.similarity(text, "mot quelconque");
            assertThat(there)
                    .as(shown)
                    .isBetween(0.0, 1.0)
                    .isEqualTo(TextSimilarity.similarity("mot quelconque", text));
            String label = LexicalClassifier.classify(text, List.of("delivery", "billing"));
            assertThat(label == null || List.of("delivery", "billing").contains(label))
                    .as(shown)
                    .isTrue();
            String language = LanguageDetection.detect(text);
            assertThat(language == null || language.length() == 2).as(shown).isTrue();
            String summary = ExtractiveSummary.summarize(text, 20);
            assertThat(ExtractiveSummary.countWords(summary)).as(shown).isLessThanOrEqualTo(20);
        }
    }

    @Test
    void masksTheLongestOfOverlappingPieces() {
        String text = "payez FR7630006000011234567890189, carte 4111 1111 1111 1111, tél +33 6 12 34 56 78";
        String masked = TextMasker.mask(text, List.of("phone", "siren", "siret", "iban", "credit_card"));
        assertThat(masked).isEqualTo("payez [MASKED], carte [MASKED], tél [MASKED]");
        assertThat(TextMasker.mask(
                        "Appelez le 06 12 34 56 78, IBAN FR7630006000011234567890189", List.of("phone", "iban")))
                .isEqualTo("Appelez le [MASKED], IBAN [MASKED]");
    }

    @Test
    void kindsHaveNamesInBothLanguages() {
        for (String kind : List.of(
                "téléphone",
                "Telephones",
                "E-mail",
                "courriels",
                "carte bancaire",
                "Numéro de sécurité sociale",
                "personnes",
                "adresse-postale",
                "IBANs",
                "adresse IP")) {
            assertThat(TextMasker.mask("rien ici", List.of(kind))).isEqualTo("rien ici");
        }
        assertThatThrownBy(() -> TextMasker.mask("x", List.of("password")))
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining("credit_card")
                .hasMessageContaining("password");
        assertThatThrownBy(() -> TextMasker.mask("x", List.of())).isInstanceOf(EstranException.class);
        assertThatThrownBy(() -> TextMasker.mask("x".repeat(LocalInput.TEXT_CHARS + 1), List.of("phone")))
                .hasMessageContaining("Split");
    }

    @Test
    void labelsAreChecked() {
        for (List<String> labels : List.of(List.<String>of(), List.of("one"), List.of("a", "a"), List.of("a", " "))) {
            assertThatThrownBy(() -> LexicalClassifier.classify("text", labels)).isInstanceOf(EstranException.class);
        }
    }

    @Test
    void summariesAreWholeSentencesInReadingOrder() {
        String text =
                "Le client M. Durand a appelé hier. Sa commande de chaises est arrivée cassée. Il veut un remboursement de "
                        + "sa commande de chaises. Il fait beau. Le remboursement de la commande cassée a été promis au client.";
        String summary = ExtractiveSummary.summarize(text, 25);
        assertThat(summary).isNotEmpty();
        List<String> all = Sentences.of(text);
        assertThat(all).hasSize(5);
        List<Integer> places = Sentences.of(summary).stream().map(all::indexOf).toList();
        assertThat(places).doesNotContain(-1, 3).isSorted();
        assertThat(ExtractiveSummary.summarize(text, 0)).isNotEmpty();
        assertThat(ExtractiveSummary.summarize(text, 1)).isEmpty();
        assertThat(ExtractiveSummary.summarize("Une seule phrase", 0)).isEqualTo("Une seule phrase");
        assertThatThrownBy(() -> ExtractiveSummary.summarize(text, -1)).isInstanceOf(EstranException.class);
    }
}
