package dev.estran.testing.samples;

import java.math.BigInteger;
import java.util.Locale;

/** Phone numbers from the ranges that regulators keep for fiction, and IBANs of banks that do not exist. */
final class Contact {
    private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);

    private Contact() {}

    /** French numbers from 01 99 00 and 06 39 98 (Arcep), British ones from 07700 900 (Ofcom). */
    static String phone(boolean british, Dice dice) {
        if (british && dice.chance(0.5)) {
            return dice.oneOf("07700 900", "+44 7700 900") + dice.digits(3);
        }
        String a = dice.digits(2);
        String b = dice.digits(2);
        String mobile = dice.chance(0.8) ? "6 39 98 " : "1 99 00 ";
        String number = "0" + mobile + a + " " + b;
        return switch (dice.below(5)) {
            case 0 -> number.replace(" ", "");
            case 1 -> number.replace(' ', '.');
            case 2 -> "+33 " + number.substring(1);
            default -> number;
        };
    }

    /** Valid check digits; bank codes 99999 (France) and 999 (Belgium) belong to nobody. */
    static String iban(boolean belgian, Dice dice) {
        String country = belgian ? "BE" : "FR";
        String account = belgian ? belgianAccount(dice) : frenchAccount(dice);
        String compact = country + checkDigits(country, account) + account;
        return dice.chance(0.6) ? compact.replaceAll("(.{4})(?=.)", "$1 ") : compact;
    }

    private static String belgianAccount(Dice dice) {
        String body = "999" + dice.digits(7);
        long rest = Long.parseLong(body) % 97;
        return body + String.format(Locale.ROOT, "%02d", rest == 0 ? 97 : rest);
    }

    private static String frenchAccount(Dice dice) {
        String branch = dice.digits(5);
        String account = dice.digits(11);
        long key = 97 - (89 * 99999L + 15 * Long.parseLong(branch) + 3 * Long.parseLong(account)) % 97;
        return "99999" + branch + account + String.format(Locale.ROOT, "%02d", key);
    }

    private static String checkDigits(String country, String account) {
        int check = 98 - remainder(account + country + "00");
        return String.format(Locale.ROOT, "%02d", check);
    }

    /** ISO 7064 mod 97-10: letters count as 10 to 35; a valid IBAN, its first four characters moved to the end, gives 1. */
    static int remainder(String moved) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < moved.length(); i++) {
            digits.append(Character.digit(moved.charAt(i), 36));
        }
        return new BigInteger(digits.toString()).mod(NINETY_SEVEN).intValue();
    }
}
