package dev.estran.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the repository that is made from the program, wholly or between two markers. */
public final class DocsFile {

    public static final Path ROOT = Path.of(System.getProperty("estran.root", ".."));

    private DocsFile() {}

    /** Whether stale pages are written anew instead of failing: {@code -Destran.docs=write}. */
    public static boolean writing() {
        return "write".equals(System.getProperty("estran.docs"));
    }

    public static String read(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }

    /** Holds a whole page to the text expected, or writes it. */
    public static void check(String path, String expected) throws IOException {
        Path page = ROOT.resolve(path);
        if (writing()) {
            Files.createDirectories(page.toAbsolutePath().getParent());
            Files.writeString(page, expected);
        }
        assertThat(page).exists();
        assertThat(Files.readString(page))
                .as("%s is stale: run ./estran test -Destran.docs=write and commit it", path)
                .isEqualTo(expected);
    }

    /** Holds the part between {@code <!-- generated: name -->} and {@code <!-- end -->} to the text expected. */
    public static void checkPart(String path, String name, String expected) throws IOException {
        String text = read(path);
        String start = "<!-- generated: " + name + " -->\n";
        int from = text.indexOf(start) + start.length();
        int to = text.indexOf("<!-- end -->", from);
        assertThat(text).as(path).contains(start);
        assertThat(to).as("the end marker of %s in %s", name, path).isPositive();
        check(path, text.substring(0, from) + expected + text.substring(to));
    }

    /** Text for a cell of a Markdown table. */
    public static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
