package dev.estran.testing.samples;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** @param marketing consent to advertising; null where nobody asked */
record Customer(
        String id,
        String first,
        String last,
        @Nullable String email,
        @Nullable String phone,
        String language,
        LocalDate since,
        @Nullable Boolean marketing,
        Shop home,
        Map<String, Object> address,
        double activity) {

    static List<Customer> all(int count, List<Shop> shops, Dice dice) {
        Fragments names = Fragments.load("people.txt");
        List<Customer> out = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            out.add(make(i, shops, names, dice));
        }
        return List.copyOf(out);
    }

    private static Customer make(int number, List<Shop> shops, Fragments names, Dice dice) {
        Shop home = dice.weighted(shops, Shop::weight);
        boolean english = dice.chance(home.language().equals("en") ? 0.8 : 0.24);
        String language = english ? "en" : "fr";
        String first = dice.pick(names.section("first." + language));
        String last = dice.pick(names.section("last." + language));
        // Two people of one name share the local part now and then, as in any customer file.
        String local = plain(first) + dice.oneOf(".", "", "_") + plain(last) + (dice.chance(0.4) ? dice.digits(2) : "");
        String email = dice.chance(0.03) ? null : local + "@" + dice.pick(names.section("domains"));
        String phone = dice.chance(0.15) ? null : Contact.phone(english, dice);
        LocalDate since = LocalDate.of(2015, 1, 1).plusDays((long) (3950 * StrictMath.sqrt(dice.fraction())));
        Boolean marketing = dice.chance(0.08) ? null : dice.chance(0.58);
        Map<String, Object> address = new LinkedHashMap<>();
        address.put(
                "street",
                dice.between(1, 148) + (dice.chance(0.05) ? " bis" : "") + " " + dice.pick(names.section("streets")));
        address.put("postcode", dice.chance(0.02) ? null : postcode(home, dice));
        address.put("city", home.city());
        address.put("country", home.country());
        String id = String.format(Locale.ROOT, "C%05d", number);
        double activity = StrictMath.pow(dice.fraction(), 3) + 0.03;
        return new Customer(id, first, last, email, phone, language, since, marketing, home, address, activity);
    }

    private static String postcode(Shop home, Dice dice) {
        return home.country().equals("BE")
                ? "8" + dice.digits(3)
                : dice.oneOf("29", "35", "56", "17", "64", "76") + dice.digits(3);
    }

    static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("[^A-Za-z]", "")
                .toLowerCase(Locale.ROOT);
    }

    String name() {
        return first + " " + last;
    }

    Map<String, Object> json() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("customer_id", id);
        out.put("name", name());
        out.put("email", email);
        out.put("phone", phone);
        out.put("city", home.city());
        out.put("language", language);
        out.put("since", since.toString());
        out.put("marketing_consent", marketing);
        out.put("address", address);
        return out;
    }
}
