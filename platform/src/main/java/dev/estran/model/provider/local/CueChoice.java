package dev.estran.model.provider.local;

import dev.estran.model.provider.local.FieldExtractor.Candidate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among several values of the right kind: the one that a word of the field's name stands before ({@code due_date}
 * takes the date after "due"), else the first; a total without such a word is the greatest amount.
 */
final class CueChoice {

    private static final int REACH_CHARS = 48;

    private static final List<Set<String>> SYNONYMS = List.of(
            Set.of("order", "ordered", "commande", "commandee", "achat", "purchase", "achete"),
            Set.of("delivery", "deliver", "delivered", "livraison", "livre", "livree", "livrer"),
            Set.of("shipping", "shipment", "shipped", "expedition", "expedie", "envoi", "port", "transport"),
            Set.of("due", "echeance", "deadline", "avant", "limite", "before", "payable", "until"),
            Set.of("invoice", "facture", "facturation", "billing", "issued", "emise"),
            Set.of("birth", "birthday", "born", "naissance", "ne", "nee"),
            Set.of("total", "ttc", "totale", "totaux"),
            Set.of("net", "ht", "subtotal"),
            Set.of("tax", "vat", "tva", "taxe"),
            Set.of("refund", "refunded", "rembourse", "remboursement", "rembourser", "avoir"),
            Set.of("discount", "remise", "reduction", "rabais", "promo"),
            Set.of("payment", "paid", "paiement", "paye", "regle", "reglement"),
            Set.of("start", "debut", "from", "starts", "commence"),
            Set.of("end", "fin", "expiry", "expire", "expiration", "ends", "jusqu", "termine", "until"),
            Set.of("return", "returned", "retour", "retourne", "renvoi", "renvoye"),
            Set.of("fee", "fees", "frais"));

    private CueChoice() {}

    static @Nullable String choose(String text, List<String> name, FieldKind kind, List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return null;
        }
        if (candidates.size() == 1) {
            return candidates.getFirst().value();
        }
        Set<String> cues = cues(name, kind);
        Candidate best = null;
        int bestDistance = Integer.MAX_VALUE;
        int previousEnd = 0;
        for (Candidate candidate : candidates) {
            int from = Math.max(previousEnd, candidate.span().start() - REACH_CHARS);
            int distance =
                    distance(Words.of(text.substring(from, candidate.span().start())), cues);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
            previousEnd = candidate.span().end();
        }
        if (best != null) {
            return best.value();
        }
        boolean greatest = kind == FieldKind.AMOUNT && name.contains("total");
        return greatest
                ? candidates.stream()
                        .max(Comparator.comparing(candidate -> new BigDecimal(candidate.value())))
                        .map(Candidate::value)
                        .orElse(null)
                : candidates.getFirst().value();
    }

    /** Words between the nearest cue and the value; MAX_VALUE where no cue precedes it. */
    private static int distance(List<String> before, Set<String> cues) {
        for (int i = before.size() - 1; i >= 0; i--) {
            boolean partial = i > 0
                    && (before.get(i - 1).equals("sous") || before.get(i - 1).equals("sub"));
            if (cues.contains(before.get(i)) && !partial) {
                return before.size() - 1 - i;
            }
        }
        return Integer.MAX_VALUE;
    }

    private static Set<String> cues(List<String> name, FieldKind kind) {
        List<String> cues = new ArrayList<>();
        for (String word : name) {
            boolean generic = kind.names(word) && SYNONYMS.stream().noneMatch(set -> set.contains(word));
            if (!generic && word.length() > 1) {
                cues.add(word);
                SYNONYMS.stream().filter(set -> set.contains(word)).forEach(cues::addAll);
            }
        }
        return Set.copyOf(cues);
    }
}
