package dev.estran.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements as they may be recorded. A secret belongs in the environment; one that was written into a statement all the
 * same is not kept, however it was written: of a CREATE CONNECTION only what is known to be harmless is.
 */
final class Redaction {

    private static final Pattern CREATE_CONNECTION = Pattern.compile(
            "\\A(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*create\\b.{0,400}?\\bconnection\\b",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern WITH = Pattern.compile("\\bwith\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern HARMLESS = Pattern.compile(
            "\\b(secret\\s*=>\\s*'(?:env|secret):[A-Za-z0-9_.-]*'|provider\\s*=>\\s*'openai_compatible'"
                    + "|url\\s*=>\\s*'https?://[^@?#'\\s]*')",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET =
            Pattern.compile("(secret\\s*(?:=>|:=|=)\\s*)'(?!env:|secret:)[^']*'", Pattern.CASE_INSENSITIVE);

    private Redaction() {}

    static boolean mayHoldSecret(String statement) {
        return CREATE_CONNECTION.matcher(statement).find();
    }

    static String of(String statement) {
        Matcher create = CREATE_CONNECTION.matcher(statement);
        if (!create.find()) {
            return SECRET.matcher(statement).replaceAll("$1'***'");
        }
        Matcher with = WITH.matcher(statement);
        if (!with.find(create.end())) {
            return statement.substring(0, create.end()) + " ***";
        }
        List<String> kept = new ArrayList<>();
        Matcher option = HARMLESS.matcher(statement);
        for (int from = with.end(); option.find(from); from = option.end()) {
            kept.add(option.group(1));
        }
        kept.add("***");
        return statement.substring(0, with.end()) + " (" + String.join(", ", kept) + ")";
    }
}
