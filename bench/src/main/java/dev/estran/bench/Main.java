package dev.estran.bench;

/** {@code ./estran bench NAME}: runs one benchmark and prints its figures. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.err.println("usage: estran bench sql");
        System.exit(2);
    }
}
