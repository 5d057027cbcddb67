package dev.estran.bench;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to measure.
 *
 * @param bench name of the benchmark
 * @param only names of groups, in the order they run
 * @param scale of data and texts; figures at another scale than 1 do not count
 * @param record whether this benchmark's part of docs/benchmarks.md is written anew
 * @param home root of the project, where the launcher lies
 */
record BenchOptions(String bench, Set<String> only, double scale, boolean record, Path home) {

    /** The groups of each benchmark. */
    static final Map<String, List<String>> GROUPS = Map.of(
            "sql", List.of("tpch", "statement", "start", "load", "ai"), "web", List.of("load", "scroll", "axe", "xss"));

    private static final String USAGE = """
            usage: estran bench sql [--only tpch,statement,start,load,ai] [--scale 1] [--record]
                   estran bench web [--only load,scroll,axe,xss] [--record]
              --only    some groups of figures
              --scale   a quick look at a part of the data, for example 0.1; such figures are marked and do not count
              --record  write its part of docs/benchmarks.md from what was measured (all groups, scale 1)""";

    static BenchOptions parse(String[] args) {
        if (args.length == 0 || !GROUPS.containsKey(args[0])) {
            throw new IllegalArgumentException(USAGE);
        }
        List<String> all = GROUPS.get(args[0]);
        Set<String> only = new LinkedHashSet<>(all);
        double scale = 1;
        boolean record = false;
        for (int i = 1; i < args.length; i++) {
            switch (args[i]) {
                case "--only" -> only = groups(all, value(args, ++i));
                case "--scale" -> scale = scale(args[0], value(args, ++i));
                case "--record" -> record = true;
                default -> throw new IllegalArgumentException("unknown option " + args[i] + "\n" + USAGE);
            }
        }
        if (record && (scale != 1 || only.size() != all.size())) {
            throw new IllegalArgumentException("--record needs every group at scale 1\n" + USAGE);
        }
        Path home =
                Path.of(System.getProperty("estran.home", ".")).toAbsolutePath().normalize();
        return new BenchOptions(args[0], only, scale, record, home);
    }

    private static String value(String[] args, int i) {
        if (i >= args.length) {
            throw new IllegalArgumentException(args[i - 1] + " needs a value\n" + USAGE);
        }
        return args[i];
    }

    private static Set<String> groups(List<String> all, String text) {
        Set<String> asked = new LinkedHashSet<>(List.of(text.split(",")));
        asked.forEach(name -> {
            if (!all.contains(name)) {
                throw new IllegalArgumentException("there is no group '" + name + "'\n" + USAGE);
            }
        });
        return asked;
    }

    private static double scale(String bench, String text) {
        if (!bench.equals("sql")) {
            throw new IllegalArgumentException("--scale is for `bench sql`\n" + USAGE);
        }
        double scale;
        try {
            scale = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--scale needs a number, not '" + text + "'\n" + USAGE, e);
        }
        if (!(scale >= 0.001 && scale <= 10)) {
            throw new IllegalArgumentException("--scale lies between 0.001 and 10\n" + USAGE);
        }
        return scale;
    }
}
