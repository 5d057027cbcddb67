package dev.estran.model.provider.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Words in French and English that tell of common business labels. The first words of a line are names of the label. */
final class Concepts {

    /** Names of a label, a bar, then words that speak for it. */
    private static final List<String> LINES = List.of(
            "delivery livraison shipping shipment expedition transport logistics logistique delivering | deliver delivered livre "
                    + "livrer livree livreur colis parcel package courier transporteur tracking suivi retard late delay expedie "
                    + "expediee shipped arrive arrived recu received carrier facteur relais dispatch chronopost entrepot warehouse",
            "billing facturation invoice facture invoicing compta accounting comptabilite | bill billed charged charge debit debite "
                    + "preleve prelevement facturee tva vat double montant amount invoices avoir releve overcharged",
            "payment paiement pay payer reglement | paid paye card carte cb bancaire bank banque virement transfer paypal declined "
                    + "refusee transaction checkout mensualite iban",
            "refund remboursement reimbursement rembourser refunds | rembourse refunded reimbursed remboursez money argent credit "
                    + "moneyback recrediter",
            "return retour returns exchange echange retours | returned renvoyer renvoi retourner send back exchanged echanger taille "
                    + "size label etiquette retourne",
            "complaint plainte reclamation complaints dissatisfaction mecontentement | unacceptable inacceptable scandaleux "
                    + "disappointed decu deception worst honteux mecontent furious colere angry rude impoli plaindre complain "
                    + "inadmissible terrible horrible unhappy insatisfait litige",
            "technical technique bug it support incident panne informatique | error erreur crash crashes plante bloque broken login "
                    + "app application site website page server serveur ecran screen install update logiciel software connexion "
                    + "fonctionne marche works working freeze reboot wifi reseau network lent slow",
            "account compte login acces access connexion profile profil user identification | password passe mot connecter connect "
                    + "identifiant username sign signin email adresse reset reinitialiser supprimer delete locked bloque desactiver",
            "order commande orders purchase achat commandes | ordered commander command panier cart basket bought achete article "
                    + "quantite buy acheter",
            "cancellation annulation cancel annuler resiliation unsubscribe desabonnement termination | cancelled annule annulee "
                    + "resilier terminate desinscrire abonnement subscription stop",
            "quality qualite defect defaut damaged casse product produit defective defectueux | broken cassee abime abimee dechire "
                    + "torn scratched raye fissure cracked faulty manquant missing endommage damage panne leak fuit hs",
            "warranty garantie repair reparation sav maintenance | repaired reparer technicien technician fix broken panne piece "
                    + "guarantee replacement remplacement depannage",
            "pricing prix price tarif quote devis tarifs cost cout | expensive cher discount remise promotion promo cheaper offre "
                    + "offer coupon code reduction solde rate combien",
            "stock inventory availability disponibilite disponible | available rupture restock indisponible reassort back reserve",
            "job hr rh recruitment recrutement emploi career carriere | candidature cv resume hiring poste salary salaire conge leave "
                    + "vacation interview entretien stage internship paie payroll employe employee embauche",
            "legal juridique law droit compliance | contract contrat clause lawyer avocat tribunal court sue rgpd gdpr terms "
                    + "conditions huissier litige notice",
            "privacy confidentialite rgpd gdpr personal | data donnees personnelles consent consentement erase effacer deletion "
                    + "cookies",
            "security securite fraud fraude | hacked pirate phishing stolen vole suspicious suspect arnaque scam virus malware leak "
                    + "breach intrusion usurpation",
            "praise compliment thanks merci satisfaction remerciement eloge | thank great parfait perfect bravo excellent super "
                    + "felicitations wonderful ravi genial love adore delighted impeccable",
            "question information inquiry enquiry renseignement demande info | how comment what quand when wonder savoir know could "
                    + "possible horaires hours ouvert open",
            "suggestion idea idee feature improvement amelioration feedback | suggest could add ajouter wish souhaiterais propose "
                    + "proposer would better nice",
            "sales vente commercial ventes sale lead | demo purchase devis quote buy interested interesse presentation pricing "
                    + "partnership partenariat licence prospect",
            "marketing newsletter campaign campagne advertising publicite | promo email campagne brand marque social ads pub "
                    + "audience slogan",
            "store shop magasin boutique | vendeur vendeuse staff caisse queue till cashier opening horaires rayon",
            "sport sports football | match team equipe but goal championnat league player joueur coach tournoi won gagne",
            "politics politique | election vote president minister ministre parliament parlement government gouvernement loi",
            "finance economy economie bourse business | market marche shares actions bank banque inflation profit benefice "
                    + "taux interest investors investisseurs croissance growth",
            "health sante medical medecine | doctor medecin hospital hopital patient maladie disease vaccine vaccin treatment "
                    + "traitement symptom symptomes",
            "technology technologie tech science | software computer ordinateur smartphone robot internet startup ai puce chip "
                    + "researchers chercheurs logiciel",
            "travel voyage tourism tourisme | hotel flight vol train plane avion trip vacances holiday booking reservation sejour",
            "food cuisine restaurant nourriture | meal repas dish plat menu recipe recette taste gout serveur chef delicious",
            "urgent urgence high critical critique priority prioritaire | asap immediatement immediately vite now emergency "
                    + "imperatif today aujourd",
            "positive positif good happy content satisfait | great excellent love loved perfect parfait super bravo merci thanks "
                    + "genial ravi amazing wonderful fast rapide recommend recommande impeccable bien best agreable top fantastic "
                    + "adore enjoy enjoyed pleased delighted efficace friendly aimable",
            "negative negatif bad unhappy mecontent mauvais | terrible horrible worst awful poor nul hate deteste decu disappointed "
                    + "broken casse late retard slow lent rude arnaque scam inacceptable unacceptable pire useless inutile never "
                    + "jamais mauvaise decevant disappointing waste horrible probleme problem",
            "spam scam arnaque junk indesirable | win gagnez gratuit free click cliquez prize lottery loterie bitcoin viagra offer "
                    + "urgent congratulations felicitations won crypto");

    private static final Map<String, List<Concept>> BY_NAME = byName();

    /**
     * @param names stems of the label's own names
     * @param evidence stems of words that speak for it
     */
    record Concept(Set<String> names, Set<String> evidence) {}

    private Concepts() {}

    /** What a word of a label may mean; empty where it is not a known label. */
    static List<Concept> named(String stem) {
        return BY_NAME.getOrDefault(stem, List.of());
    }

    private static Map<String, List<Concept>> byName() {
        Map<String, List<Concept>> byName = new HashMap<>();
        for (String line : LINES) {
            int bar = line.indexOf('|');
            Set<String> names = stems(line.substring(0, bar));
            Concept concept = new Concept(names, stems(line.substring(bar + 1)));
            for (String name : names) {
                byName.computeIfAbsent(name, key -> new ArrayList<>()).add(concept);
            }
        }
        return byName;
    }

    private static Set<String> stems(String words) {
        Set<String> stems = new HashSet<>();
        Words.of(words).forEach(word -> stems.add(Words.stem(word)));
        return stems;
    }
}
