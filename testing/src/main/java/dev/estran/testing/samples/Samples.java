package dev.estran.testing.samples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the sample files: {@code java ... Samples <directory>}. */
public final class Samples {
    private static final long SEED = 20_250_321;

    private Samples() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args.length > 0 ? args[0] : "samples");
        Files.createDirectories(directory);
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }
    }

    /** File name to content; the same on every machine. */
    static Map<String, byte[]> files() throws JsonProcessingException {
        List<Shop> shops = Shop.all();
        List<Product> products = Product.all(new Dice(SEED, "products"));
        List<Customer> customers = Customer.all(2_500, shops, new Dice(SEED, "customers"));
        World world = new World(shops, products, customers);
        List<Order> orders = Order.all(20_000, world, new Dice(SEED, "orders"));
        List<Ticket> tickets = new TicketWriter(world, orders, new Dice(SEED, "tickets")).write(1_500, 6);
        Map<String, byte[]> out = new LinkedHashMap<>();
        out.put("shops.csv", bytes(Shop.csv(shops)));
        out.put(
                "products.json",
                bytes(lines(products.stream().map(Product::json).toList(), "[\n", ",\n", "\n]\n")));
        out.put(
                "customers.ndjson",
                bytes(lines(customers.stream().map(Customer::json).toList(), "", "\n", "\n")));
        out.put("orders.csv", bytes(Order.csv(orders)));
        out.put("tickets.csv", bytes(Ticket.csv(tickets)));
        out.put("budget.xlsx", Workbook.budget(shops, new Dice(SEED, "budget")));
        return out;
    }

    private static String lines(List<Map<String, Object>> objects, String open, String between, String close)
            throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        StringBuilder out = new StringBuilder(open);
        for (int i = 0; i < objects.size(); i++) {
            out.append(i == 0 ? "" : between).append(mapper.writeValueAsString(objects.get(i)));
        }
        return out.append(close).toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
