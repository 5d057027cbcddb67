package dev.estran.model.provider.local;

import java.util.Map;
import java.util.TreeMap;

/** Check digits of identifiers. Arguments are compact: no spaces, upper case. */
final class Checksums {

    /** Length of an IBAN by country, from the IBAN registry (ISO 13616). */
    private static final Map<String, Integer> IBAN_LENGTHS = ibanLengths();

    private Checksums() {}

    /** Length of this country's IBANs, or 0 where the country has none. */
    static int ibanLength(String country) {
        return IBAN_LENGTHS.getOrDefault(country, 0);
    }

    /** ISO 7064 mod 97-10, as ISO 13616 uses it. */
    static boolean iban(String compact) {
        if (compact.length() < 5) {
            return false;
        }
        int remainder = 0;
        for (int i = 0; i < compact.length(); i++) {
            int value = Character.digit(compact.charAt((i + 4) % compact.length()), 36);
            if (value < 0) {
                return false;
            }
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        return remainder == 1;
    }

    /** Luhn's formula (ISO/IEC 7812-1). */
    static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 1 ? digit * 2 : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    /** Length and first digits of the card schemes, then Luhn. */
    static boolean card(String digits) {
        int length = digits.length();
        int two = Integer.parseInt(digits.substring(0, 2));
        int four = Integer.parseInt(digits.substring(0, 4));
        boolean visa = two / 10 == 4 && (length == 13 || length == 16 || length == 19);
        boolean mastercard = length == 16 && ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720));
        boolean amex = length == 15 && (two == 34 || two == 37);
        boolean diners = length == 14 && (two == 36 || two == 38 || two == 39 || two == 30);
        boolean discover = length >= 16 && (four == 6011 || two == 65 || two == 64);
        boolean unionPayOrMaestro = length >= 16 && (two == 62 || two == 50 || two == 67);
        boolean jcb = length == 16 && four >= 3528 && four <= 3589;
        boolean known = visa || mastercard || amex || diners || discover || unionPayOrMaestro || jcb;
        return known && luhn(digits);
    }

    /** French company number (9 digits) or establishment number (14); those of La Poste have their own rule. */
    static boolean sirenOrSiret(String digits) {
        if (digits.length() == 14 && digits.startsWith("356000000")) {
            return digits.chars().map(digit -> digit - '0').sum() % 5 == 0;
        }
        return luhn(digits) && !digits.startsWith("00000");
    }

    /** French social security number of 15 characters: 97 minus the first 13 modulo 97; Corsica counts as 19 and 18. */
    static boolean nir(String compact) {
        String body = compact.substring(0, 13).replace("2A", "19").replace("2B", "18");
        long number = Long.parseLong(body);
        return 97 - number % 97 == Integer.parseInt(compact.substring(13));
    }

    private static Map<String, Integer> ibanLengths() {
        String table = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 "
                + "DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 "
                + "IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 "
                + "NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 "
                + "SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";
        Map<String, Integer> lengths = new TreeMap<>();
        for (String entry : table.split(" ")) {
            lengths.put(entry.substring(0, 2), Integer.parseInt(entry.substring(2)));
        }
        return lengths;
    }
}
