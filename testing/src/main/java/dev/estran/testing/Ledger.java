package dev.estran.testing;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts and bills. Used on the event loop only. */
final class Ledger {

    private static final int LIMIT_BILLS = 500_000;
    private static final int LIMIT_TEXTS = 2_000_000;

    private final Map<String, Bill> bills = new LinkedHashMap<>();
    private final Map<String, Long> failed = new TreeMap<>();
    private final Set<Long> texts = new HashSet<>();
    private long calls;
    private long answered;
    private long inputTokens;
    private long outputTokens;
    private int inFlight;
    private int mostInFlight;

    void opened() {
        calls++;
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
    }

    void closed() {
        inFlight--;
    }

    void answered() {
        answered++;
    }

    void failed(String kind) {
        failed.merge(kind, 1L, Long::sum);
    }

    void asked(String text) {
        if (texts.size() < LIMIT_TEXTS) {
            texts.add(Chance.textHash(text));
        }
    }

    void charge(Bill bill) {
        inputTokens += bill.inputTokens();
        outputTokens += bill.outputTokens();
        if (bills.size() < LIMIT_BILLS || bills.containsKey(bill.requestId())) {
            bills.merge(bill.requestId(), bill, Bill::plus);
        } else {
            failed("bill_dropped");
        }
    }

    Counters counters() {
        return new Counters(
                calls, answered, Map.copyOf(failed), inputTokens, outputTokens, inFlight, mostInFlight, texts.size());
    }

    List<Bill> bills() {
        return List.copyOf(bills.values());
    }

    /** Requests in flight stay counted as such. */
    void reset() {
        bills.clear();
        failed.clear();
        texts.clear();
        calls = 0;
        answered = 0;
        inputTokens = 0;
        outputTokens = 0;
        mostInFlight = inFlight;
    }
}
