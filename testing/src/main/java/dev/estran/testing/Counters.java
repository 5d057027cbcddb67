package dev.estran.testing;

import java.util.Map;

/**
 * What the simulator has seen since it started or was reset.
 *
 * @param calls chat requests received, refused ones included
 * @param answered chat requests answered in full
 * @param failed the others, by kind: a fault's name, {@code invalid}, {@code unauthorized}, {@code unknown_model} or
 *     {@code cancelled} (the client left)
 * @param mostInFlight highest number of chat requests open at once
 * @param distinctTexts different texts asked about, a prompt without known text counted as one
 */
public record Counters(
        long calls,
        long answered,
        Map<String, Long> failed,
        long inputTokens,
        long outputTokens,
        int inFlight,
        int mostInFlight,
        long distinctTexts) {}
