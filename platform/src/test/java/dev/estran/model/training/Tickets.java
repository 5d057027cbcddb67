package dev.estran.model.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up tickets with noise: some share words with another label, some have a wrong label. */
final class Tickets {

    private static final String[][] SUBJECTS = {
        {"delivery", "colis", "livraison", "transporteur", "parcel", "retard", "shipping", "courier"},
        {"billing", "facture", "prélèvement", "invoice", "charged", "TVA", "montant", "carte"},
        {"technical", "erreur", "application", "login", "crash", "écran", "password", "bug"},
        {"refund", "remboursement", "refund", "argent", "rembourser", "money back", "avoir", "retourner"}
    };
    private static final String[] FILLERS = {
        "bonjour",
        "merci",
        "depuis lundi",
        "hello",
        "please",
        "client",
        "je ne comprends pas",
        "again",
        "encore",
        "help",
        "le site",
        "my order",
        "ma commande",
        "urgent",
        "since Tuesday",
        "svp",
        "three times",
        "personne ne répond"
    };

    private Tickets() {}

    static List<LabelledText> make(int count, long seed) {
        Random random = new Random(seed);
        List<LabelledText> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = random.nextInt(SUBJECTS.length);
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 9; word++) {
                int from = random.nextInt(10) < 7 ? label : random.nextInt(SUBJECTS.length);
                text.append(
                        random.nextInt(3) == 0
                                ? SUBJECTS[from][1 + random.nextInt(7)]
                                : FILLERS[random.nextInt(FILLERS.length)]);
                text.append(' ');
            }
            int given = random.nextInt(20) == 0 ? random.nextInt(SUBJECTS.length) : label;
            rows.add(new LabelledText(text.toString(), SUBJECTS[given][0]));
        }
        return rows;
    }
}
