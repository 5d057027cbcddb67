package dev.estran.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** {@code ./estran bench NAME}: runs one benchmark and prints its figures. */
public final class Main {

    private Main() {}

    /** Exit code 0 when every figure holds its bar, 1 when one does not or a run fails, 2 on wrong usage. */
    public static void main(String[] args) {
        BenchOptions options;
        try {
            options = BenchOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        boolean passed = false;
        try {
            passed = Bench.run(options, new PrintStream(System.out, true, StandardCharsets.UTF_8));
        } catch (Exception e) {
            System.err.println("bench: " + e);
            e.printStackTrace();
        }
        // Not by returning: libraries leave threads behind that are not daemons.
        System.exit(passed ? 0 : 1);
    }
}
