package dev.estran.testing.samples;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who writes, about which order, when and to which shop. */
record Scene(
        Order order,
        Shop shop,
        @Nullable Customer customer,
        String first,
        String last,
        String email,
        LocalDateTime opened) {

    static Scene of(Order order, World world, String language, Dice dice) {
        Customer known = order.customer();
        Shop shop = order.shop() != null ? order.shop() : known != null ? known.home() : dice.pick(world.shops());
        Customer writer = known;
        while (writer == null || !(language.equals("mixed") || writer.language().equals(language))) {
            writer = dice.pick(world.customers());
        }
        String local = Customer.plain(writer.first()) + "." + Customer.plain(writer.last());
        String email = writer.email() == null ? local + "@mail.example" : writer.email();
        LocalDateTime opened = order.at().plusDays(dice.between(2, 34)).plusMinutes(dice.between(-400, 400));
        Customer shown = dice.chance(0.12) ? null : known;
        return new Scene(order, shop, shown, writer.first(), writer.last(), email, opened);
    }

    BigDecimal total() {
        BigDecimal discount = order.discount() == null ? BigDecimal.ZERO : order.discount();
        return order.price()
                .multiply(BigDecimal.valueOf(order.quantity()))
                .multiply(BigDecimal.ONE.subtract(discount))
                .setScale(2, RoundingMode.HALF_UP);
    }

    /** As the French call it; the shop's own name carries it. */
    String city(boolean french) {
        return french ? shop.name().substring("Ourlemer ".length()) : shop.city();
    }

    boolean sized() {
        return order.product().sized();
    }

    String size(int index) {
        String[] sizes = order.product().is("shoe")
                ? new String[] {"37", "38", "39", "40", "41", "42", "43", "44", "45"}
                : new String[] {"XS", "S", "M", "L", "XL", "XXL"};
        return sizes[Math.floorMod(index, sizes.length)];
    }

    String name() {
        return first + " " + last;
    }

    String noun(boolean french) {
        Product product = order.product();
        return french ? product.nounFr() : product.nounEn();
    }

    String article(boolean french) {
        if (french) {
            return order.product().feminine() ? "une" : "un";
        }
        return "aeiou".indexOf(noun(false).toLowerCase(Locale.ROOT).charAt(0)) >= 0 ? "an" : "a";
    }
}
