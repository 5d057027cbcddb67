package dev.estran.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No page points to a file that is not there. */
final class LinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#\\s]+)(?:#[^)]*)?\\)");

    @Test
    void everyLinkedFileExists() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(
                DocsFile.ROOT.resolve("README.md"),
                DocsFile.ROOT.resolve("README.fr.md"),
                DocsFile.ROOT.resolve("CHANGELOG.md"),
                DocsFile.ROOT.resolve("samples").resolve("README.md")));
        try (Stream<Path> docs = Files.walk(DocsFile.ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : pages) {
            for (Matcher link = LINK.matcher(Files.readString(page)); link.find(); links++) {
                if (!Files.exists(page.resolveSibling(link.group(1)))) {
                    broken.add(page + ": " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(30);
    }
}
