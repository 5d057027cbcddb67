package dev.estran.testing.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void theCommittedFilesAreWhatTheGeneratorWrites() throws IOException {
        Map<String, byte[]> files = Samples.files();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] committed = Files.readAllBytes(SampleFiles.path(file.getKey()));
            assertThat(java.util.Arrays.equals(committed, file.getValue()))
                    .as("samples/" + file.getKey() + " is stale: run dev.estran.testing.samples.Samples")
                    .isTrue();
        }
    }

    @Test
    void filesStaySmall() throws IOException {
        assertThat(Files.size(SampleFiles.path("orders.csv"))).isLessThan(2_000_000);
        assertThat(Files.size(SampleFiles.path("tickets.csv"))).isLessThan(1_500_000);
    }

    @Test
    void everyOrderNamesAShopACustomerAndAProductThatExist() throws IOException {
        List<Map<String, String>> orders = SampleFiles.csv("orders.csv");
        Set<String> shops = SampleFiles.values(SampleFiles.csv("shops.csv"), "shop_id");
        Set<String> customers = SampleFiles.customers();
        Set<String> products = new HashSet<>();
        for (JsonNode product : new ObjectMapper().readTree(SampleFiles.text("products.json"))) {
            products.add(product.get("product_id").asText());
        }
        assertThat(orders).hasSize(20_000);
        assertThat(shops).hasSize(24);
        assertThat(customers).hasSize(2_500);
        assertThat(products).hasSize(240);
        Set<String> ids = SampleFiles.values(orders, "order_id");
        assertThat(ids).hasSize(20_000);
        shops.add("");
        customers.add("");
        for (Map<String, String> order : orders) {
            assertThat(shops).contains(order.get("shop_id"));
            assertThat(customers).contains(order.get("customer_id"));
            assertThat(products).contains(order.get("product_id"));
            assertThat(order.getOrDefault("shop_id", "").isEmpty()).isEqualTo("web".equals(order.get("channel")));
        }
    }

    @Test
    void noShopSellsBeforeItOpens() {
        Map<String, String> opened = new HashMap<>();
        SampleFiles.csv("shops.csv").forEach(s -> opened.put(s.get("shop_id"), s.get("opened_on")));
        for (Map<String, String> order : SampleFiles.csv("orders.csv")) {
            String since = opened.getOrDefault(order.get("shop_id"), "");
            assertThat(order.getOrDefault("ordered_at", "")).isGreaterThanOrEqualTo(since);
        }
    }

    @Test
    void ordersGrowPeakInSummerAndOnSaturdays() {
        Map<Integer, Integer> years = new HashMap<>();
        Map<Integer, Integer> months = new HashMap<>();
        Map<DayOfWeek, Integer> days = new HashMap<>();
        for (Map<String, String> order : SampleFiles.csv("orders.csv")) {
            LocalDate day = LocalDate.parse(order.getOrDefault("ordered_at", "").substring(0, 10));
            years.merge(day.getYear(), 1, Integer::sum);
            months.merge(day.getMonthValue(), 1, Integer::sum);
            days.merge(day.getDayOfWeek(), 1, Integer::sum);
        }
        assertThat(years.keySet()).isEqualTo(Set.of(2023, 2024, 2025));
        assertThat(years.get(2024)).isGreaterThan(years.get(2023));
        assertThat(years.get(2025)).isGreaterThan(years.get(2024));
        assertThat(months.get(7)).isGreaterThan(months.getOrDefault(3, 0) * 3 / 2);
        assertThat(days.get(DayOfWeek.SATURDAY)).isGreaterThan(days.getOrDefault(DayOfWeek.MONDAY, 0) * 2);
    }
}
