package dev.estran.model.provider.local;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Kinds of data the masker finds, each with the names people call it by. */
enum MaskKind {
    EMAIL(
            "mail e_mail courriel email_address mail_address adresse_mail adresse_email adresse_e_mail adresse_electronique"),
    PHONE("telephone tel mobile portable phone_number telephone_number numero_de_telephone numero_telephone fax cell"),
    IBAN("bank_account compte_bancaire rib account_number numero_de_compte"),
    CREDIT_CARD(
            "card carte cb carte_bancaire carte_bleue carte_de_credit card_number credit_card_number numero_de_carte payment_card"),
    SIREN("company_number numero_siren"),
    SIRET("establishment_number numero_siret"),
    NIR(
            "securite_sociale numero_de_securite_sociale numero_securite_sociale insee french_social_security_number numero_secu secu"),
    SSN("us_ssn social_security_number social_security"),
    IP("ip_address adresse_ip ipv4 ipv6"),
    URL("link lien website site site_web web_address adresse_web"),
    DATE("jour day birth_date date_of_birth birthday date_de_naissance naissance"),
    ADDRESS("adresse postal_address adresse_postale street rue street_address location"),
    PERSON(
            "personne name nom people full_name nom_complet person_name nom_de_personne prenom first_name last_name individual");

    private static final Map<String, MaskKind> BY_NAME = byName();

    private final String aliases;

    MaskKind(String aliases) {
        this.aliases = aliases;
    }

    Recogniser recogniser() {
        return switch (this) {
            case EMAIL -> Recognisers.EMAIL;
            case PHONE -> Recognisers.PHONE;
            case IBAN -> Recognisers.IBAN;
            case CREDIT_CARD -> Recognisers.CREDIT_CARD;
            case SIREN -> Recognisers.SIREN;
            case SIRET -> Recognisers.SIRET;
            case NIR -> Recognisers.NIR;
            case SSN -> Recognisers.SSN;
            case IP -> Recognisers.IP;
            case URL -> Recognisers.URL;
            case DATE -> DateReader.RECOGNISER;
            case ADDRESS -> Recognisers.ADDRESS;
            case PERSON -> PersonRecogniser.INSTANCE;
        };
    }

    /** @throws EstranException INVALID_ARGUMENT with the known kinds */
    static MaskKind parse(String name) {
        String key = String.join("_", Words.of(name));
        MaskKind kind = BY_NAME.get(key);
        if (kind == null && key.endsWith("s")) {
            kind = BY_NAME.get(key.substring(0, key.length() - 1));
        }
        if (kind == null) {
            String known = Arrays.stream(values())
                    .map(value -> value.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "ai_mask does not know the kind '" + LocalInput.shown(name) + "'. Known kinds: " + known + ".");
        }
        return kind;
    }

    private static Map<String, MaskKind> byName() {
        Map<String, MaskKind> byName = new HashMap<>();
        for (MaskKind kind : values()) {
            byName.put(kind.name().toLowerCase(Locale.ROOT), kind);
            for (String alias : kind.aliases.split(" ")) {
                byName.put(alias, kind);
            }
        }
        return byName;
    }
}
