package dev.estran.testing;

import org.jspecify.annotations.Nullable;

/**
 * One form for a text however often it was escaped on its way into a prompt: backslash and entity escapes are undone
 * until none is left, white space is collapsed. Applied to known texts and prompts alike, so that both meet.
 */
final class Canonical {

    private static final int PASSES = 16;
    private static final String[] ENTITIES = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#39;"};
    private static final char[] ENTITY_CHARS = {'&', '<', '>', '"', '\'', '\''};

    private Canonical() {}

    static String of(String text) {
        String current = text;
        for (int pass = 0; pass < PASSES; pass++) {
            String next = undoOnce(current);
            if (next == null) {
                break;
            }
            current = next;
        }
        return collapse(current);
    }

    /** Null when there was nothing to undo. */
    private static @Nullable String undoOnce(String text) {
        if (text.indexOf('\\') < 0 && text.indexOf('&') < 0) {
            return null;
        }
        StringBuilder out = new StringBuilder(text.length());
        boolean changed = false;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int entity = c == '&' ? entityAt(text, i) : -1;
            if (c == '\\') {
                i = undoBackslash(text, i, out);
                changed = true;
            } else if (entity >= 0) {
                out.append(ENTITY_CHARS[entity]);
                i += ENTITIES[entity].length();
                changed = true;
            } else {
                out.append(c);
                i++;
            }
        }
        return changed ? out.toString() : null;
    }

    private static int entityAt(String text, int at) {
        for (int e = 0; e < ENTITIES.length; e++) {
            if (text.startsWith(ENTITIES[e], at)) {
                return e;
            }
        }
        return -1;
    }

    private static int undoBackslash(String text, int at, StringBuilder out) {
        if (at + 1 >= text.length()) {
            return at + 1;
        }
        char next = text.charAt(at + 1);
        if (next == 'u' && at + 6 <= text.length()) {
            int code = 0;
            for (int i = at + 2; i < at + 6; i++) {
                int digit = Character.digit(text.charAt(i), 16);
                code = digit < 0 || code < 0 ? -1 : code * 16 + digit;
            }
            if (code >= 0) {
                out.append((char) code);
                return at + 6;
            }
        }
        out.append(
                switch (next) {
                    case 'n', 'r', 't', 'b', 'f' -> ' ';
                    default -> next;
                });
        return at + 2;
    }

    private static String collapse(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\u00a0' || Character.isWhitespace(c)) {
                space = true;
                continue;
            }
            if (space && !out.isEmpty()) {
                out.append(' ');
            }
            space = false;
            out.append(c);
        }
        return out.toString();
    }
}
