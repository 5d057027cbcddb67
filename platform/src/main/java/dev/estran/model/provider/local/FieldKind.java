package dev.estran.model.provider.local;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a field's name asks for. In order of precedence: the first kind one of whose words is in the name. */
enum FieldKind {
    EMAIL("email mail courriel"),
    PHONE("phone telephone tel mobile portable fax"),
    IBAN("iban rib"),
    SIRET("siret"),
    SIREN("siren"),
    NIR("nir"),
    CARD("card carte cb"),
    IP("ip"),
    URL("url link lien website site web"),
    DATE("date jour day echeance deadline birthday naissance when quand"),
    CURRENCY("currency devise monnaie"),
    PERCENTAGE("percentage percent pourcentage pct taux rate remise discount"),
    POSTCODE("postcode postal zip zipcode cp"),
    QUANTITY("quantity quantite qty qte nombre count pieces articles units unites"),
    AMOUNT(
            "amount montant total price prix sum somme cost cout refund_amount due solde balance ht ttc tva vat fee frais"),
    NUMBER("number numero num no id ref reference order commande facture invoice ticket dossier case contrat contract "
            + "tracking suivi colis client_number"),
    ADDRESS("address adresse street rue"),
    PERSON(
            "person personne name nom prenom customer client contact sender expediteur recipient destinataire author auteur "
                    + "who qui");

    private final String words;

    FieldKind(String words) {
        this.words = " " + words + " ";
    }

    /** Whether a folded word, in singular or plural, stands for this kind. */
    boolean names(String word) {
        return words.contains(" " + word + " ")
                || (word.endsWith("s") && words.contains(" " + word.substring(0, word.length() - 1) + " "));
    }

    /** Null for a name with no known word. */
    static @Nullable FieldKind of(List<String> nameWords) {
        if (nameWords.contains("e") && nameWords.contains("mail")) {
            return EMAIL;
        }
        for (FieldKind kind : values()) {
            if (nameWords.stream().anyMatch(kind::names)) {
                return kind;
            }
        }
        return null;
    }
}
