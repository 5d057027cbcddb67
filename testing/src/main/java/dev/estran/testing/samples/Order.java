package dev.estran.testing.samples;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of the sales; web orders have no shop, cash sales no customer. */
record Order(
        String id,
        LocalDateTime at,
        @Nullable Shop shop,
        @Nullable Customer customer,
        Product product,
        int quantity,
        BigDecimal price,
        @Nullable BigDecimal discount,
        String channel,
        String status) {

    private static final LocalDate FIRST = LocalDate.of(2023, 1, 1);
    private static final int DAYS = 1096;

    static List<Order> all(int count, World world, Dice dice) {
        List<LocalDate> days = new ArrayList<>();
        for (int i = 0; i < DAYS; i++) {
            days.add(FIRST.plusDays(i));
        }
        double[] cumulated = new double[DAYS];
        double sum = 0;
        for (int i = 0; i < DAYS; i++) {
            sum += weight(days.get(i), i);
            cumulated[i] = sum;
        }
        List<LocalDateTime> times = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int at = java.util.Arrays.binarySearch(cumulated, dice.fraction() * sum);
            times.add(days.get(at < 0 ? -at - 1 : at)
                    .atTime(8 + (dice.below(12) + dice.below(7)) * 14 / 17, dice.below(60), dice.below(60)));
        }
        times.sort(Comparator.naturalOrder());
        List<Order> out = new ArrayList<>(count);
        for (LocalDateTime at : times) {
            out.add(make(out.size(), at, world, dice));
        }
        return List.copyOf(out);
    }

    /** Nine per cent growth a year, a summer and a Christmas peak, strong Saturdays. */
    private static double weight(LocalDate day, int index) {
        double trend = 1 + 0.09 * index / 365.0;
        int of = day.getDayOfYear();
        double summer = 0.9 * bell(of, 200, 32);
        double christmas = 0.8 * bell(of, 348, 13);
        double sales = 0.3 * bell(of, 20, 12);
        double weekday = switch (day.getDayOfWeek()) {
            case SATURDAY -> 1.7;
            case FRIDAY -> 1.15;
            case SUNDAY -> 0.7;
            case MONDAY -> 0.75;
            default -> 1.0;
        };
        boolean closed = day.getMonthValue() == 12 && day.getDayOfMonth() == 25;
        return closed ? 0.1 : trend * weekday * (1 + summer + christmas + sales);
    }

    private static double bell(int day, int middle, int width) {
        double x = (day - middle) / (double) width;
        return StrictMath.exp(-x * x / 2);
    }

    private static Order make(int index, LocalDateTime at, World world, Dice dice) {
        boolean web = dice.chance(0.28 + 0.06 * (at.getYear() - 2023));
        boolean collect = !web && dice.chance(0.12);
        Customer customer = !web && !collect && dice.chance(0.18) ? null : world.customerOn(at.toLocalDate(), dice);
        Shop shop = web ? null : world.shopOn(at.toLocalDate(), customer, dice);
        Product product = dice.weighted(world.products(), p -> p.popularity() * season(p.season(), at.getMonthValue()));
        int quantity = dice.chance(0.8) ? 1 : dice.chance(0.75) ? 2 : dice.between(3, 6);
        BigDecimal price = product.price()
                .multiply(new BigDecimal(at.getYear() == 2023 ? "0.94" : at.getYear() == 2024 ? "0.97" : "1.00"))
                .setScale(2, java.math.RoundingMode.HALF_UP);
        boolean sale = at.getMonthValue() == 1 || (at.getMonthValue() == 7 && at.getDayOfMonth() < 22);
        BigDecimal discount = dice.chance(0.015)
                ? null
                : new BigDecimal(
                        !dice.chance(sale ? 0.6 : 0.15)
                                ? "0"
                                : sale ? dice.oneOf("0.20", "0.30", "0.40") : dice.oneOf("0.05", "0.10"));
        String channel = web ? "web" : collect ? "click_collect" : "shop";
        boolean weekend = at.getDayOfWeek() == DayOfWeek.SUNDAY && web && dice.chance(0.04);
        String status = weekend ? "pending" : status(web || collect, dice);
        String id = "OM-" + (104_000 + index * 3 + dice.below(3));
        return new Order(id, at, shop, customer, product, quantity, price, discount, channel, status);
    }

    private static String status(boolean remote, Dice dice) {
        double roll = dice.fraction();
        if (remote) {
            return roll < 0.84 ? "delivered" : roll < 0.93 ? "returned" : roll < 0.98 ? "cancelled" : "pending";
        }
        return roll < 0.955 ? "completed" : "returned";
    }

    private static double season(char season, int month) {
        boolean warm = month >= 5 && month <= 8;
        boolean cold = month >= 10 || month <= 2;
        return switch (season) {
            case 's' -> warm ? 1.8 : cold ? 0.35 : 0.9;
            case 'w' -> cold ? 1.7 : warm ? 0.4 : 0.9;
            default -> 1;
        };
    }

    static String csv(List<Order> orders) {
        Csv csv = new Csv(
                "order_id",
                "ordered_at",
                "shop_id",
                "customer_id",
                "product_id",
                "quantity",
                "unit_price",
                "discount",
                "channel",
                "status");
        for (Order o : orders) {
            csv.row(
                    o.id,
                    Times.text(o.at),
                    o.shop == null ? null : o.shop.id(),
                    o.customer == null ? null : o.customer.id(),
                    o.product.id(),
                    o.quantity,
                    o.price,
                    o.discount,
                    o.channel,
                    o.status);
        }
        return csv.text();
    }
}
