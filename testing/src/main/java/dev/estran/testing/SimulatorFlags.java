package dev.estran.testing;

/** Command-line flags of the simulator. */
final class SimulatorFlags {

    private static final String USAGE =
            "usage: ModelSimulator [--port N] [--seed N] [--latency-ms MEDIAN] [--p99-ms N] [--key TOKEN]";

    private SimulatorFlags() {}

    static ModelSimulator.Options parse(String[] args) {
        ModelSimulator.Options options = ModelSimulator.Options.defaults().withPort(9100);
        double median = 0;
        double p99 = -1;
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value\n" + USAGE);
            }
            String value = args[i + 1];
            try {
                switch (args[i]) {
                    case "--port" -> options = options.withPort(Integer.parseInt(value));
                    case "--seed" -> options = options.withSeed(Long.parseLong(value));
                    case "--latency-ms" -> median = Double.parseDouble(value);
                    case "--p99-ms" -> p99 = Double.parseDouble(value);
                    case "--key" -> options = options.withKey(value);
                    default -> throw new IllegalArgumentException("unknown flag " + args[i] + "\n" + USAGE);
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(args[i] + " needs a number, not " + value + "\n" + USAGE, e);
            }
        }
        return options.withLatency(new Latency(median, p99 < 0 ? median : p99));
    }
}
