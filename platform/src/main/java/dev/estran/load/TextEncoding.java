package dev.estran.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a file's bytes are to be read as text.
 *
 * @param bomBytes to skip at the start
 * @param clean whether the bytes looked at are valid in that encoding
 */
record TextEncoding(Charset charset, int bomBytes, boolean clean) {

    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int SAMPLE_BYTES = 4 << 20;

    /** By the first megabytes; good enough where a wrong byte later on is noticed by the engine. */
    static TextEncoding ofSample(Path file) throws IOException {
        return of(file, SAMPLE_BYTES);
    }

    /** As the caller says; by the first bytes whether there is a mark to skip. */
    static TextEncoding given(Charset charset, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(3);
            boolean utf8Mark =
                    head.length == 3 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB && head[2] == (byte) 0xBF;
            if (charset.equals(StandardCharsets.UTF_8)) {
                return new TextEncoding(charset, utf8Mark ? 3 : 0, false);
            }
            Charset marked = utf16(head);
            boolean wide = charset.name().startsWith("UTF-16");
            return new TextEncoding(wide && marked != null ? marked : charset, wide && marked != null ? 2 : 0, true);
        }
    }

    /** By every byte of the file. */
    static TextEncoding ofFile(Path file) throws IOException {
        return of(file, Long.MAX_VALUE);
    }

    Reader open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            in.skipNBytes(bomBytes);
            return new InputStreamReader(in, charset);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    boolean utf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    static @Nullable Charset utf16(byte[] head) {
        if (head.length >= 2 && head[0] == (byte) 0xFF && head[1] == (byte) 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        if (head.length >= 2 && head[0] == (byte) 0xFE && head[1] == (byte) 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        return null;
    }

    private static TextEncoding of(Path file, long limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            int read = in.readNBytes(buffer, 0, buffer.length);
            Charset wide = utf16(java.util.Arrays.copyOf(buffer, Math.min(read, 2)));
            if (wide != null) {
                return new TextEncoding(wide, 2, true);
            }
            int bom = read >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF
                    ? 3
                    : 0;
            Utf8Check check = new Utf8Check();
            long seen = 0;
            while (read > 0 && seen < limit) {
                check.add(buffer, read);
                seen += read;
                read = in.readNBytes(buffer, 0, buffer.length);
            }
            if (bom == 0 && check.bad > check.good) {
                return new TextEncoding(WINDOWS_1252, 0, true);
            }
            return new TextEncoding(StandardCharsets.UTF_8, bom, check.bad == 0);
        }
    }

    /** Counts the multi-byte characters of a byte stream that are and are not valid UTF-8. */
    private static final class Utf8Check {

        private long good;
        private long bad;
        private int pending;

        void add(byte[] bytes, int length) {
            for (int i = 0; i < length; i++) {
                int b = bytes[i];
                if (b >= 0 && pending == 0) {
                    continue;
                }
                int unsigned = b & 0xFF;
                if (pending > 0) {
                    if ((unsigned & 0xC0) == 0x80) {
                        pending--;
                        good += pending == 0 ? 1 : 0;
                        continue;
                    }
                    bad++;
                    pending = 0;
                    if (b >= 0) {
                        continue;
                    }
                }
                pending = unsigned >= 0xF0 && unsigned <= 0xF4
                        ? 3
                        : unsigned >= 0xE0 && unsigned < 0xF0 ? 2 : unsigned >= 0xC2 && unsigned < 0xE0 ? 1 : 0;
                bad += pending == 0 ? 1 : 0;
            }
        }
    }
}
