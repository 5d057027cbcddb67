package dev.estran.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * Finds known texts in a prompt. The first characters of each text are hashed; a prompt is probed at word boundaries
 * only, so that the cost depends on the prompt and not on how many texts are known. Immutable.
 */
final class TextIndex {

    /** Text number {@code text} stands at [start, end) of the prompt. */
    record Match(int text, int start, int end) {
        int length() {
            return end - start;
        }
    }

    private static final int[] PREFIXES = {8, 24};
    private static final int LIMIT_MATCHES = 20_000;

    private final List<String> texts;
    private final int[] widths;
    private final Map<Long, int[]> lengthsByPrefix = new HashMap<>();
    private final Map<Long, Integer> textByHash = new HashMap<>();

    /** @param texts canonical, distinct; a match gives the position in this list */
    TextIndex(List<String> texts) {
        this.texts = List.copyOf(texts);
        Map<Long, TreeSet<Integer>> lengths = new HashMap<>();
        TreeSet<Integer> used = new TreeSet<>();
        for (int id = 0; id < texts.size(); id++) {
            String text = texts.get(id);
            if (text.isEmpty()) {
                continue;
            }
            int width = width(text.length());
            used.add(width);
            lengths.computeIfAbsent(key(hash(text, 0, width, 0), width), k -> new TreeSet<>())
                    .add(text.length());
            textByHash.put(key(hash(text, 0, text.length(), 0), text.length()), id);
        }
        lengths.forEach((prefix, set) -> lengthsByPrefix.put(
                prefix, set.stream().mapToInt(Integer::intValue).toArray()));
        widths = used.stream().mapToInt(Integer::intValue).toArray();
    }

    String text(int id) {
        return texts.get(id);
    }

    /** All matches, overlapping ones included, by start and then longest first. */
    List<Match> find(String prompt) {
        List<Match> found = new ArrayList<>();
        for (int start = 0; start < prompt.length() && found.size() < LIMIT_MATCHES; start++) {
            if (boundary(prompt, start)) {
                probe(prompt, start, found);
            }
        }
        found.sort(Comparator.comparingInt(Match::start)
                .thenComparing(Comparator.comparingInt(Match::length).reversed()));
        return found;
    }

    /** Of the accepted matches those that do not overlap; the longer of two that do stays. */
    static List<Match> apart(List<Match> matches, IntPredicate accepted) {
        List<Match> kept = new ArrayList<>();
        for (Match match : matches) {
            if (!accepted.test(match.text)) {
                continue;
            }
            while (!kept.isEmpty()
                    && kept.getLast().end > match.start
                    && kept.getLast().length() < match.length()) {
                kept.removeLast();
            }
            if (kept.isEmpty() || kept.getLast().end <= match.start) {
                kept.add(match);
            }
        }
        return kept;
    }

    private void probe(String prompt, int start, List<Match> found) {
        long hash = 0;
        int done = 0;
        for (int width : widths) {
            if (start + width > prompt.length()) {
                return;
            }
            hash = hash(prompt, start + done, start + width, hash);
            done = width;
            int[] lengths = lengthsByPrefix.get(key(hash, width));
            if (lengths != null) {
                verify(prompt, start, lengths, found);
            }
        }
    }

    private void verify(String prompt, int start, int[] lengths, List<Match> found) {
        long hash = 0;
        int done = 0;
        for (int length : lengths) {
            int end = start + length;
            if (end > prompt.length()) {
                return;
            }
            hash = hash(prompt, start + done, end, hash);
            done = length;
            Integer id = textByHash.get(key(hash, length));
            if (id != null && boundary(prompt, end) && prompt.startsWith(texts.get(id), start)) {
                found.add(new Match(id, start, end));
            }
        }
    }

    /** Whether a text may begin or end here: never inside a word. */
    private static boolean boundary(String prompt, int at) {
        return at == 0
                || at >= prompt.length()
                || !Character.isLetterOrDigit(prompt.charAt(at - 1))
                || !Character.isLetterOrDigit(prompt.charAt(at));
    }

    private static int width(int length) {
        int at = Arrays.binarySearch(PREFIXES, length);
        int below = at >= 0 ? at : -at - 2;
        return below < 0 ? length : PREFIXES[below];
    }

    private static long hash(String text, int from, int to, long start) {
        long hash = start;
        for (int i = from; i < to; i++) {
            hash = (hash + text.charAt(i) + 1) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    private static long key(long hash, int length) {
        return hash * 31 + length;
    }
}
