package dev.estran.testing.samples;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param group which complaints fit it: wear, shoe, water, tent, elec or bag, and traits after dots
 * @param season s for summer, w for winter, a for all year
 */
record Product(
        String id,
        String group,
        String category,
        String range,
        String nounFr,
        boolean feminine,
        String nounEn,
        BigDecimal price,
        char season,
        Map<String, Object> attributes,
        List<String> tags,
        double popularity) {

    static List<Product> all(Dice dice) {
        Fragments file = Fragments.load("products.txt");
        List<Product> out = new ArrayList<>();
        for (String kind : file.section("kinds")) {
            for (String range : file.section("ranges")) {
                out.add(make(out.size() + 1, kind.split(";"), range, file, dice));
            }
        }
        return List.copyOf(out);
    }

    private static Product make(int number, String[] f, String range, Fragments file, Dice dice) {
        double factor = 0.75 + 0.12 * file.section("ranges").indexOf(range) + dice.fraction() * 0.1;
        BigDecimal price = BigDecimal.valueOf(Math.round(Integer.parseInt(f[5]) * factor))
                .subtract(new BigDecimal(dice.chance(0.7) ? "0.10" : "0.01"))
                .setScale(2, RoundingMode.HALF_UP);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("colour", dice.pick(file.section("colours")));
        attributes.put("weight_g", Integer.parseInt(f[6]) + 5 * dice.between(-6, 6));
        attributes.put("material", material(f[0].split("\\.")[0], file, dice));
        String[] extra = f[8].split("=");
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("name", extra[0]);
        detail.put("value", extra[1]);
        attributes.put("detail", detail);
        List<String> tags = new ArrayList<>();
        for (String tag : file.section("tags")) {
            if (dice.chance(0.2)) {
                tags.add(tag);
            }
        }
        double popularity = StrictMath.pow(dice.fraction(), 2.5) + 0.05;
        return new Product(
                String.format(Locale.ROOT, "P%03d", number),
                f[0],
                f[1],
                range,
                f[2],
                f[3].equals("f"),
                f[4],
                price,
                f[7].charAt(0),
                attributes,
                List.copyOf(tags),
                popularity);
    }

    private static @Nullable String material(String group, Fragments file, Dice dice) {
        if (dice.chance(0.06)) {
            return null;
        }
        String line = file.section("materials").stream()
                .filter(m -> m.startsWith(group + ":"))
                .findFirst()
                .orElseThrow();
        return dice.pick(List.of(line.substring(group.length() + 1).split("\\|")));
    }

    /** Whether it has every trait of a dotted list such as {@code wear.zip}; the first is its family. */
    boolean is(String traits) {
        return List.of(group.split("\\.")).containsAll(List.of(traits.split("\\.")));
    }

    boolean sized() {
        return is("wear") || is("shoe");
    }

    String nameEn() {
        return Character.toUpperCase(nounEn.charAt(0)) + nounEn.substring(1) + " " + range;
    }

    String nameFr() {
        return Character.toUpperCase(nounFr.charAt(0)) + nounFr.substring(1) + " " + range;
    }

    Map<String, Object> json() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("product_id", id);
        out.put("name", nameEn());
        out.put("name_fr", nameFr());
        out.put("category", category);
        out.put("price", price);
        out.put("attributes", attributes);
        out.put("tags", tags);
        return out;
    }
}
