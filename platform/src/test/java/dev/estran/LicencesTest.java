package dev.estran;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Every library that is shipped has a licence we may ship under, as its own POM states it. The page
 * docs/reference/licences.md is generated from the same list.
 */
final class LicencesTest {

    /** How POMs spell the licences we accept. A new spelling is added after reading the licence it points to. */
    private static final Map<String, String> ACCEPTED = accepted();

    /**
     * Licences that need a reason, by {@code group:artifact}: LGPL only where the library stays replaceable, CDDL and GPL
     * only with the class path exception. The value is the SPDX name and the reason.
     */
    private static final Map<String, String> WITH_REASON = Map.of();

    private record Library(String group, String artifact, String version, List<String> licences) {
        String key() {
            return group + ":" + artifact;
        }
    }

    private static List<Library> libraries = List.of();

    @BeforeAll
    static void readShippedLibraries() throws IOException {
        Path list = Path.of("target", "runtime-classpath.txt");
        assertThat(list).as("written by the build before tests").exists();
        List<Library> found = new ArrayList<>();
        for (String entry : Files.readString(list).strip().split(File.pathSeparator, -1)) {
            Path jar = Path.of(entry);
            if (entry.endsWith(".jar") && !jar.getFileName().toString().startsWith("estran-")) {
                found.add(library(jar));
            }
        }
        libraries = List.copyOf(found);
    }

    @Test
    void everyShippedLibraryHasALicenceWeMayShipUnder() {
        assertThat(libraries).as("shipped libraries").hasSizeGreaterThan(20);
        List<String> refused = libraries.stream()
                .filter(library -> !WITH_REASON.containsKey(library.key()))
                .filter(library -> spdx(library).isEmpty())
                .map(library -> library.key() + " " + library.version() + ": " + library.licences())
                .toList();
        assertThat(refused)
                .as("libraries whose licence is unknown or not accepted: replace them, or accept with a reason")
                .isEmpty();
        assertThat(libraries.stream().map(Library::key))
                .as("a reason for a library that is no longer shipped is removed")
                .containsAll(WITH_REASON.keySet());
    }

    @Test
    void refusesWhatIsNotListed() {
        assertThat(spdx("GNU General Public License v3", "https://www.gnu.org/licenses/gpl-3.0.html"))
                .isEmpty();
        assertThat(spdx("Business Source License 1.1", "https://mariadb.com/bsl11/"))
                .isEmpty();
        assertThat(spdx("Server Side Public License", "")).isEmpty();
        assertThat(spdx("", "")).isEmpty();
        assertThat(spdx("The Apache Software License, Version 2.0", "")).contains("Apache-2.0");
    }

    @Test
    void thePageIsCurrent() throws IOException {
        Path page = Path.of(System.getProperty("estran.root", ".."), "docs", "reference", "licences.md");
        String expected = page();
        if ("write".equals(System.getProperty("estran.docs"))) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, expected);
        }
        assertThat(page).exists();
        assertThat(Files.readString(page))
                .as("%s is stale: run ./estran test -Destran.docs=write and commit it", page)
                .isEqualTo(expected);
    }

    private static String page() {
        Map<String, Library> sorted = new TreeMap<>();
        libraries.forEach(library -> sorted.put(library.key(), library));
        Map<String, Integer> counts = new TreeMap<>();
        StringBuilder rows = new StringBuilder();
        sorted.values().forEach(library -> {
            String reason = WITH_REASON.get(library.key());
            String licence = reason == null ? spdx(library).orElse("unknown") : reason;
            counts.merge(licence, 1, Integer::sum);
            rows.append("| %s | %s | %s |%n".formatted(library.key(), library.version(), licence));
        });
        StringBuilder summary = new StringBuilder();
        counts.forEach((licence, count) -> summary.append("- %s: %d%n".formatted(licence, count)));
        return """
                # Licences of the libraries

                Estran itself is under Apache-2.0. These libraries are shipped with it. This page is generated from the
                POMs of what the build resolves; the build fails when it is stale or when a licence is not on the list of
                accepted ones. Where a library offers a choice, the first licence we accept is named.

                %s
                | Library | Version | Licence |
                |---|---|---|
                %s""".formatted(summary, rows).replace("\r\n", "\n");
    }

    private static Optional<String> spdx(Library library) {
        return library.licences().stream()
                .map(ACCEPTED::get)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    private static Optional<String> spdx(String name, String url) {
        return spdx(new Library("g", "a", "1", List.of(normal(name), normal(url))));
    }

    /** A jar in a Maven repository lies at group/artifact/version/file, with its POM beside it. */
    private static Library library(Path jar) throws IOException {
        Path versionFolder = parent(jar);
        String version = versionFolder.getFileName().toString();
        Path pom = versionFolder.resolve(parent(versionFolder).getFileName() + "-" + version + ".pom");
        Element project = parse(pom);
        String group = text(project, "groupId")
                .or(() -> child(project, "parent").flatMap(p -> text(p, "groupId")))
                .orElseThrow();
        String artifact = text(project, "artifactId").orElseThrow();
        Path repository = versionFolder;
        for (int i = 0; i < group.split("\\.", -1).length + 2; i++) {
            repository = parent(repository);
        }
        return new Library(group, artifact, version, licences(project, repository));
    }

    /** The licences as named by the POM, else by its nearest parent that names any; names before addresses. */
    private static List<String> licences(Element project, Path repository) throws IOException {
        Optional<Element> licences = child(project, "licenses");
        if (licences.isPresent()) {
            List<String> found = new ArrayList<>();
            for (Element licence : children(licences.get(), "license")) {
                found.add(normal(text(licence, "name").orElse("")));
                found.add(normal(text(licence, "url").orElse("")));
            }
            return found;
        }
        Optional<Element> parent = child(project, "parent");
        if (parent.isEmpty()) {
            return List.of();
        }
        String artifact = text(parent.get(), "artifactId").orElseThrow();
        String version = text(parent.get(), "version").orElseThrow();
        Path folder = repository
                .resolve(text(parent.get(), "groupId").orElseThrow().replace('.', File.separatorChar))
                .resolve(artifact)
                .resolve(version);
        return licences(parse(folder.resolve(artifact + "-" + version + ".pom")), repository);
    }

    private static Element parse(Path pom) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("cannot read " + pom, e);
        }
    }

    private static List<Element> children(Element element, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getTagName().equals(name)) {
                found.add(child);
            }
        }
        return found;
    }

    private static Optional<Element> child(Element element, String name) {
        return children(element, name).stream().findFirst();
    }

    private static Optional<String> text(Element element, String name) {
        return child(element, name).map(found -> found.getTextContent().strip());
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalStateException("no parent folder: " + path);
        }
        return parent;
    }

    /** Lower case without protocol, file ending, articles and punctuation, so that spellings fall together. */
    private static String normal(String nameOrAddress) {
        return nameOrAddress
                .toLowerCase(java.util.Locale.ROOT)
                .replaceFirst("^https?://(www\\.)?", "")
                .replaceFirst("\\.(txt|html|php|md)$", "")
                .replaceFirst("^the ", "")
                .replaceAll("[,()]|license|licence|software|version|\\bv\\b", " ")
                .replaceAll("[\\s-]+", " ")
                .strip();
    }

    private static Map<String, String> accepted() {
        Map<String, List<String>> spellings = new LinkedHashMap<>();
        spellings.put("Apache-2.0", List.of("Apache 2", "Apache 2.0", "Apache-2.0", "Apache License, Version 2.0"));
        spellings.put("MIT", List.of("MIT", "MIT License"));
        spellings.put("BSD-3-Clause", List.of("BSD-3-Clause", "opensource.org/licenses/BSD-3-Clause"));
        spellings.put("BSD-2-Clause", List.of("BSD-2-Clause", "BSD 2-clause License"));
        spellings.put("EPL-2.0", List.of("EPL-2.0", "Eclipse Public License - v 2.0"));
        spellings.put("EPL-1.0", List.of("EPL-1.0", "Eclipse Public License - v 1.0"));
        spellings.put("EDL-1.0", List.of("Eclipse Distribution License - v 1.0", "EDL 1.0"));
        spellings.put("UPL-1.0", List.of("UPL-1.0", "Universal Permissive License, Version 1.0"));
        spellings.put("Unlicense", List.of("Unlicense"));
        spellings.put("CC0-1.0", List.of("CC0-1.0", "CC0"));
        Map<String, String> accepted = new LinkedHashMap<>();
        spellings.forEach((spdx, names) -> names.forEach(name -> accepted.put(normal(name), spdx)));
        return accepted;
    }
}
