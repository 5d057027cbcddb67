package dev.estran.cli;

/** Entry point of {@code ./estran}. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        String version = Main.class.getPackage().getImplementationVersion();
        if (args.length == 1 && args[0].equals("--version")) {
            System.out.println("estran " + (version == null ? "development" : version));
            return;
        }
        System.out.println("usage: estran COMMAND");
        System.exit(args.length == 1 && args[0].equals("--help") ? 0 : 2);
    }
}
