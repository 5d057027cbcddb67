package dev.estran.sql;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A growing UTF-8 buffer with the two JSON shapes rows need: plain ASCII and quoted strings. */
final class ByteBuilder {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private byte[] bytes = new byte[512];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    void add(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
    }

    void ascii(String text) {
        int length = text.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    void number(long value) {
        ascii(Long.toString(value));
    }

    /** JSON text as it is, line breaks taken out (it stands on one line of the spool). */
    void json(String text) {
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point != '\n' && point != '\r') {
                utf8(point);
            }
        }
    }

    void quoted(String text) {
        add('"');
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c < 0x80) {
                escaped(c);
                i++;
            } else {
                int point = text.codePointAt(i);
                i += Character.charCount(point);
                utf8(point);
            }
        }
        add('"');
    }

    private void escaped(char c) {
        reserve(6);
        switch (c) {
            case '"', '\\' -> {
                bytes[size++] = '\\';
                bytes[size++] = (byte) c;
            }
            case '\n' -> {
                bytes[size++] = '\\';
                bytes[size++] = 'n';
            }
            default -> {
                if (c >= 0x20) {
                    bytes[size++] = (byte) c;
                } else {
                    bytes[size++] = '\\';
                    bytes[size++] = 'u';
                    bytes[size++] = '0';
                    bytes[size++] = '0';
                    bytes[size++] = HEX[c >> 4];
                    bytes[size++] = HEX[c & 15];
                }
            }
        }
    }

    private void utf8(int point) {
        reserve(4);
        if (point < 0x80) {
            bytes[size++] = (byte) point;
        } else if (point < 0x800) {
            bytes[size++] = (byte) (0xC0 | (point >> 6));
            bytes[size++] = (byte) (0x80 | (point & 0x3F));
        } else if (point >= 0xD800 && point <= 0xDFFF) {
            utf8(0xFFFD); // half a surrogate pair
        } else if (point < 0x10000) {
            bytes[size++] = (byte) (0xE0 | (point >> 12));
            bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
            bytes[size++] = (byte) (0x80 | (point & 0x3F));
        } else {
            bytes[size++] = (byte) (0xF0 | (point >> 18));
            bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
            bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
            bytes[size++] = (byte) (0x80 | (point & 0x3F));
        }
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }
}
