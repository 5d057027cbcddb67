package dev.estran.model.provider.local;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Overlapping pieces made disjoint. */
final class Spans {

    private static final Comparator<Span> LONGEST_FIRST =
            Comparator.comparingInt(Span::length).reversed().thenComparingInt(Span::start);

    private Spans() {}

    /** Keeps the longest of overlapping pieces (of equal ones the first); the result is ordered by start. */
    static List<Span> withoutOverlaps(List<Span> spans) {
        List<Span> byLength = new ArrayList<>(spans);
        byLength.sort(LONGEST_FIRST);
        NavigableMap<Integer, Span> kept = new TreeMap<>();
        for (Span span : byLength) {
            if (span.length() > 0 && !overlaps(kept, span)) {
                kept.put(span.start(), span);
            }
        }
        return List.copyOf(kept.values());
    }

    private static boolean overlaps(NavigableMap<Integer, Span> kept, Span span) {
        Map.Entry<Integer, Span> before = kept.lowerEntry(span.end());
        return before != null && before.getValue().end() > span.start();
    }
}
