package dev.estran.testing.samples;

import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Choices by a seed. Stands on {@link Random}, whose sequence the Java specification fixes, so that every JDK writes the same files. */
final class Dice {
    private final Random random;

    Dice(long seed, String subject) {
        this.random = new Random(seed * 31 + subject.hashCode());
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int first, int last) {
        return first + random.nextInt(last - first + 1);
    }

    double fraction() {
        return random.nextDouble();
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    final <T> T oneOf(T... from) {
        return from[random.nextInt(from.length)];
    }

    <T> T weighted(List<T> from, ToDoubleFunction<T> weight) {
        double sum = from.stream().mapToDouble(weight).sum();
        double at = random.nextDouble() * sum;
        for (T candidate : from) {
            at -= weight.applyAsDouble(candidate);
            if (at < 0) {
                return candidate;
            }
        }
        return from.getLast();
    }

    String digits(int count) {
        StringBuilder out = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            out.append((char) ('0' + random.nextInt(10)));
        }
        return out.toString();
    }
}
