package dev.estran.testing.samples;

import java.time.LocalDate;
import java.util.List;

/** @param weight share of the sales, relative to the other shops */
record Shop(
        String id,
        String name,
        String city,
        String region,
        String country,
        String language,
        LocalDate opened,
        int surface,
        double weight) {

    static List<Shop> all() {
        return Fragments.load("shops.txt").section("shops").stream()
                .map(Shop::parse)
                .toList();
    }

    private static Shop parse(String line) {
        String[] f = line.split(";");
        int surface = Integer.parseInt(f[7]);
        return new Shop(f[0], f[1], f[2], f[3], f[4], f[5], LocalDate.parse(f[6]), surface, Double.parseDouble(f[8]));
    }

    static String csv(List<Shop> shops) {
        Csv csv = new Csv("shop_id", "name", "city", "region", "country", "opened_on", "surface_m2");
        for (Shop s : shops) {
            csv.row(s.id, s.name, s.city, s.region, s.country, s.opened, s.surface);
        }
        return csv.text();
    }
}
