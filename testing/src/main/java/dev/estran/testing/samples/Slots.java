package dev.estran.testing.samples;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code <slot>}s from one scene; a slot keeps its value within a ticket, a date or amount also its spelling. */
final class Slots {
    private static final Pattern SLOT = Pattern.compile("<([a-z_0-9]+)>");
    private static final List<String> CARRIERS = List.of("Colivague", "RelaisPlus", "Transmarée", "Vélopost");
    private static final List<String> AGENTS =
            List.of("Maëlle", "Karim", "Solène", "Théo", "Lotte", "Nolwenn", "Bram", "Sophie");

    private static final Set<String> MEN =
            Set.copyOf(Fragments.load("people.txt").section("men"));

    private final Scene scene;
    private final Dice dice;
    private final Map<String, String> values = new HashMap<>();

    Slots(Scene scene, Dice dice) {
        this.scene = scene;
        this.dice = dice;
    }

    String fill(String text, boolean french) {
        String before = french ? contract(text) : text;
        Matcher matcher = SLOT.matcher(before);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String slot = matcher.group(1);
            String value = values.computeIfAbsent(slot + (french ? "/fr" : "/en"), ignored -> value(slot, french));
            matcher.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        matcher.appendTail(out);
        String filled = out.toString();
        return french ? elide(filled) : filled;
    }

    private static String contract(String text) {
        return text.replace("de <le_p>", "<du_p>").replace("à <le_p>", "<au_p>").replace("de <un_p>", "d'<un_p>");
    }

    private static String elide(String text) {
        return text.replaceAll(
                        "\\b([Dd])e (?=(?!OM-)[AEIOUÉÈ]|(?:Hendaye|Héloïse|Hannah|avril|août|octobre)\\b)", "$1'")
                .replaceAll("à Le(?= Havre)", "au")
                .replaceAll("à Les(?= Sables)", "aux")
                .replaceAll("de Le(?= Havre)", "du")
                .replaceAll("de Les(?= Sables)", "des");
    }

    private String value(String slot, boolean french) {
        return switch (slot) {
            case "order" -> scene.order().id();
            case "ticket" -> "T-" + dice.digits(6);
            case "date" -> date(scene.order().at().toLocalDate(), french);
            case "date2" -> date(scene.opened().toLocalDate().minusDays(dice.between(1, 6)), french);
            case "later" -> date(scene.opened().toLocalDate().plusDays(dice.between(2, 16)), french);
            case "weekday" -> weekday(french);
            case "month" -> month(scene.order().at().toLocalDate().minusMonths(dice.between(0, 2)), french);
            case "amount" -> amount(scene.total(), french);
            case "amount2" -> amount(part(), french);
            case "fee" -> amount(new BigDecimal(dice.oneOf("4.90", "5.90", "6.95", "7.50", "9.90", "12.00")), french);
            case "n" -> Integer.toString(dice.between(2, 9));
            case "other_name" -> "Dominique " + dice.oneOf("Lambert", "Maes", "Carpentier", "Barnes", "Corre");
            case "name" -> scene.name();
            case "first" -> scene.first();
            case "email" -> scene.email();
            case "phone" -> Contact.phone(!french, dice);
            case "iban" -> Contact.iban(scene.shop().country().equals("BE"), dice);
            case "carrier" -> dice.pick(CARRIERS);
            case "firstname_agent" -> dice.pick(AGENTS);
            case "city" -> scene.city(french);
            default -> product(slot, french);
        };
    }

    private String product(String slot, boolean french) {
        boolean f = scene.order().product().feminine();
        String noun = scene.noun(french);
        int size = scene.order().product().id().hashCode() + scene.order().id().hashCode();
        return switch (slot) {
            case "p" -> noun;
            case "le_p" -> (f ? "la " : "le ") + noun;
            case "un_p", "a_p" -> scene.article(french) + " " + noun;
            case "mon_p" -> (f ? "ma " : "mon ") + noun;
            case "ce_p" -> (f ? "cette " : "ce ") + noun;
            case "du_p" -> (f ? "de la " : "du ") + noun;
            case "au_p" -> (f ? "à la " : "au ") + noun;
            case "e" -> f ? "e" : "";
            case "ne" -> f ? "ne" : "";
            case "neuf" -> f ? "neuve" : "neuf";
            case "lui" -> f ? "elle" : "lui";
            case "il" -> f ? "elle" : "il";
            case "g" -> woman() ? "e" : "";
            case "gne" -> woman() ? "ne" : "";
            case "iet" -> woman() ? "iète" : "iet";
            case "model" -> scene.order().product().range();
            case "size" -> scene.size(size);
            case "size2" -> scene.size(size + 1 + dice.below(2));
            case "colour_f" -> dice.pick(List.of("bleue", "noire", "rouge", "verte", "grise", "jaune"));
            case "colour" ->
                dice.pick(
                        french
                                ? List.of("bleu", "noir", "rouge", "vert", "gris", "jaune")
                                : List.of("blue", "black", "red", "green", "grey", "yellow"));
            default -> throw new IllegalArgumentException("Unknown slot <" + slot + ">");
        };
    }

    private boolean woman() {
        return !MEN.contains(scene.first());
    }

    private BigDecimal part() {
        return scene.total()
                .multiply(BigDecimal.valueOf(dice.between(2, 6)))
                .divide(BigDecimal.TEN, 2, RoundingMode.HALF_UP)
                .max(new BigDecimal("4.90"));
    }

    private String amount(BigDecimal value, boolean french) {
        String plain = value.toPlainString();
        if (french) {
            String comma = plain.replace('.', ',');
            return switch (dice.below(6)) {
                case 0 -> plain + "€";
                case 1 -> comma + " euros";
                case 2 -> comma + "€";
                case 3 -> value.setScale(0, RoundingMode.HALF_UP) + " euros";
                default -> comma + " €";
            };
        }
        return switch (dice.below(5)) {
            case 0 -> plain + " EUR";
            case 1 -> plain + " euros";
            case 2 -> value.setScale(0, RoundingMode.HALF_UP) + " euros";
            default -> "€" + plain;
        };
    }

    private String date(LocalDate day, boolean french) {
        int roll = dice.below(6);
        int number = day.getDayOfMonth();
        String month = month(day, french);
        if (french) {
            return switch (roll) {
                case 0 -> String.format(Locale.ROOT, "%02d/%02d/%d", number, day.getMonthValue(), day.getYear());
                case 1 -> String.format(Locale.ROOT, "%02d/%02d", number, day.getMonthValue());
                case 2 -> (number == 1 ? "1er" : number) + " " + month + " " + day.getYear();
                default -> (number == 1 ? "1er" : number) + " " + month;
            };
        }
        return switch (roll) {
            case 0 -> String.format(Locale.ROOT, "%02d/%02d/%d", number, day.getMonthValue(), day.getYear());
            case 1 -> month + " " + number;
            case 2 -> number + " " + month + " " + day.getYear();
            case 3 -> day.toString();
            default -> number + " " + month;
        };
    }

    private static String month(LocalDate day, boolean french) {
        return day.getMonth().getDisplayName(TextStyle.FULL, french ? Locale.FRENCH : Locale.ENGLISH);
    }

    private String weekday(boolean french) {
        return scene.opened()
                .minusDays(dice.between(1, 5))
                .getDayOfWeek()
                .getDisplayName(TextStyle.FULL, french ? Locale.FRENCH : Locale.ENGLISH);
    }
}
