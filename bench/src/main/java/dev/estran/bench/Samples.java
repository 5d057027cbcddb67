package dev.estran.bench;

import java.util.Arrays;

/** Durations of repeated runs, in milliseconds. */
final class Samples {

    private double[] millis = new double[8];
    private int count;

    void add(double value) {
        if (count == millis.length) {
            millis = Arrays.copyOf(millis, count * 2);
        }
        millis[count++] = value;
    }

    void addSince(long startNanos) {
        add((System.nanoTime() - startNanos) / 1e6);
    }

    /** The middle one; of an even number the mean of the two in the middle. */
    double median() {
        double[] sorted = sorted();
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    }

    double least() {
        return sorted()[0];
    }

    double most() {
        return sorted()[count - 1];
    }

    private double[] sorted() {
        if (count == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        double[] sorted = Arrays.copyOf(millis, count);
        Arrays.sort(sorted);
        return sorted;
    }

    @Override
    public String toString() {
        return Figures.digits(median()) + " ms (" + Figures.digits(least()) + " to " + Figures.digits(most()) + ", "
                + count + " runs)";
    }
}
