package dev.estran.testing.samples;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who can meet whom on a given day: nobody buys before signing up, no shop sells before it opens. */
record World(List<Shop> shops, List<Product> products, List<Customer> customers) {

    Customer customerOn(LocalDate day, Dice dice) {
        while (true) {
            Customer candidate = dice.pick(customers);
            if (!candidate.since().isAfter(day) && dice.chance(candidate.activity())) {
                return candidate;
            }
        }
    }

    Shop shopOn(LocalDate day, @Nullable Customer customer, Dice dice) {
        if (customer != null && !customer.home().opened().isAfter(day) && dice.chance(0.85)) {
            return customer.home();
        }
        while (true) {
            Shop candidate = dice.weighted(shops, Shop::weight);
            if (!candidate.opened().isAfter(day)) {
                return candidate;
            }
        }
    }
}
