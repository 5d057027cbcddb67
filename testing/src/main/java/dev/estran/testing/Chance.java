package dev.estran.testing;

/** Draws that depend on their arguments only, so that a run can be repeated. */
final class Chance {

    private Chance() {}

    /** A well mixed value for a seed and what it is drawn for. */
    static long draw(long seed, Object... about) {
        long hash = seed ^ 0x9E3779B97F4A7C15L;
        for (Object part : about) {
            hash = mix(hash ^ textHash(String.valueOf(part)));
        }
        return hash;
    }

    /** In [0, 1). */
    static double unit(long seed, Object... about) {
        return (draw(seed, about) >>> 11) * 0x1.0p-53;
    }

    /** In [0, bound). */
    static int below(int bound, long seed, Object... about) {
        return (int) Long.remainderUnsigned(draw(seed, about), bound);
    }

    /** Standard normal (Box and Muller). */
    static double normal(long seed, Object... about) {
        long first = draw(seed, about);
        double u = ((first >>> 11) + 1) * 0x1.0p-53;
        double v = (mix(first) >>> 11) * 0x1.0p-53;
        return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
    }

    static long textHash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return mix(hash);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
