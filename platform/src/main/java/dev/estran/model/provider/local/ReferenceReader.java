package dev.estran.model.provider.local;

import dev.estran.model.provider.local.FieldExtractor.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of orders, invoices, files and the like: a token with a digit that follows the word for it. */
final class ReferenceReader {

    private static final String ORDER = "commandes?|orders?|cde|achat|purchase|PO";
    private static final String INVOICE = "factures?|invoices?|fact\\.?|bill";
    private static final String TICKET = "tickets?|dossiers?|cases?|incidents?|r[ée]clamations?|demandes?|requests?";
    private static final String CONTRACT = "contrats?|contracts?|polices?|policy|abonnements?|subscriptions?";
    private static final String TRACKING = "suivi|tracking|colis|parcel|shipment|exp[ée]dition";
    private static final String CUSTOMER = "clients?|customers?|comptes?|accounts?";
    private static final String ANY = "r[ée]f[ée]rences?|r[ée]f\\.?|num[ée]ro|number|no\\.?|n°|nº|#|id";

    private static final Pattern LOOSE =
            Pattern.compile("(?<![\\p{L}\\d-])([A-Z]{1,6}-?\\d[\\dA-Z-]{2,24})(?![\\p{L}\\d])");

    private ReferenceReader() {}

    static List<Candidate> find(String text, List<String> name) {
        String subject = subject(name);
        List<Candidate> found = following(text, subject);
        if (found.isEmpty() && subject.equals(ANY)) {
            for (Matcher matcher = LOOSE.matcher(text); matcher.find(); ) {
                found.add(new Candidate(new Span(matcher.start(1), matcher.end(1)), matcher.group(1)));
            }
        }
        return found;
    }

    private static List<Candidate> following(String text, String subject) {
        Pattern pattern = Pattern.compile(
                "(?iu)(?<![\\p{L}])(?:" + subject + ")(?![\\p{L}])[ ]{0,2}(?:client |de suivi )?"
                        + "(?:(?:num[ée]ro|number|num\\.?|no\\.?|n°|nº|id|r[ée]f[ée]rence|r[ée]f\\.?|code)[ ]{0,2})?(?:(?:est|is|était|was)[ ](?:le |the )?)?"
                        + "[:#=n°]{0,3}[ ]{0,2}#?((?-i:[A-Z]{1,8}[-/_]?)?(?-i:[A-Z0-9]{1,12}[-/_]){0,4}[A-Z0-9]{0,20}\\d[A-Z0-9]{0,20}(?-i:[-/][A-Z0-9]{1,12}){0,3})(?![\\p{L}\\d]|[.,]\\d)");
        List<Candidate> candidates = new ArrayList<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            String value = matcher.group(1);
            boolean date = !DateReader.find(value).isEmpty();
            if (!date && value.length() >= 2) {
                candidates.add(new Candidate(new Span(matcher.start(1), matcher.end(1)), value));
            }
        }
        return candidates;
    }

    private static String subject(List<String> name) {
        for (String word : name) {
            String subject = switch (word) {
                case "order", "orders", "commande", "commandes", "purchase" -> ORDER;
                case "invoice", "invoices", "facture", "factures", "bill" -> INVOICE;
                case "ticket", "dossier", "case", "incident", "request", "demande" -> TICKET;
                case "contrat", "contract", "policy", "police", "subscription", "abonnement" -> CONTRACT;
                case "tracking", "suivi", "colis", "parcel", "shipment" -> TRACKING;
                case "client", "customer", "compte", "account" -> CUSTOMER;
                default -> "";
            };
            if (!subject.isEmpty()) {
                return subject;
            }
        }
        return ANY;
    }
}
