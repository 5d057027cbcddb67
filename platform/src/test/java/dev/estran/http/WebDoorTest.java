package dev.estran.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.estran.platform.HttpDoor;
import dev.estran.platform.ServerAddress;
import dev.estran.platform.TestingPlatform;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the workspace, asked for in the ways that browsers and others ask. assets/door-test.js stands for a built one. */
class WebDoorTest {

    private static final String ASSET = "/assets/door-test.js";

    private static TestingPlatform estran;
    private static ServerAddress address;
    private static HttpDoor door;

    @BeforeAll
    static void start() {
        estran = TestingPlatform.start(Map.of("http.port", "0"));
        address = estran.platform().serve();
        door = new HttpDoor(address);
    }

    @AfterAll
    static void stop() {
        door.close();
        estran.close();
    }

    private static String ask(String method, String path, String headers) {
        return door.raw(method + " " + path + " HTTP/1.1\nHost: 127.0.0.1:" + address.port() + "\nConnection: close\n"
                + headers + "\n");
    }

    private static void assertProtected(String answer) {
        assertThat(answer)
                .containsIgnoringCase("content-security-policy: default-src 'self'; script-src 'self';")
                .contains("frame-ancestors 'none'")
                .containsIgnoringCase("x-content-type-options: nosniff")
                .containsIgnoringCase("referrer-policy: no-referrer")
                .containsIgnoringCase("cross-origin-resource-policy: same-origin");
        assertThat(answer.replaceAll("style-src[^;]*", "")).doesNotContain("unsafe-inline", "unsafe-eval");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/missing.js",
                "/assets/",
                "/assets",
                "/missing.html",
                "/assets/door-test.unknown",
                "/assets/door-test.js.br",
                "/index.html.gz",
                "/assets/../../../../etc/passwd",
                "/assets/..%2f..%2f..%2f..%2fetc%2fpasswd",
                "/assets/%2e%2e/%2e%2e/%2e%2e/application.properties",
                "/..%5c..%5cetc%5cpasswd.js",
                "/assets/%252e%252e%252fpom.js",
                "/assets/door-test.js%00.css",
                "/assets/door-test.js/",
                "/assets//etc/passwd.js",
                "/assets/.hidden.js",
                "/dev/estran/web/index.html",
                "/META-INF/MANIFEST.MF",
                "/Main.class"
            })
    void whatIsNotAFileOfTheWorkspaceIsNotFound(String path) {
        String answer = ask("GET", path, "");
        assertThat(answer).startsWith("HTTP/1.1 404").contains("NOT_FOUND").doesNotContain("<!doctype", "root:");
        assertProtected(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/%zz.js", "/%", "/data/%c3%28"})
    void aBrokenPathIsAnsweredAndProtected(String path) {
        String answer = ask("GET", path, "");
        assertThat(answer).doesNotStartWith("HTTP/1.1 5");
        assertProtected(answer);
    }

    @Test
    void assetsMayBeKeptForEverAndAreAnsweredByTheirTag() {
        String answer = ask("GET", ASSET, "");
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-type: text/javascript; charset=utf-8")
                .containsIgnoringCase("cache-control: public, max-age=31536000, immutable")
                .endsWith("window.plain = true;\n");
        assertProtected(answer);
        String tag = answer.replaceAll("(?is).*\netag: (\"[0-9a-f]+\").*", "$1");
        assertThat(ask("GET", ASSET, "If-None-Match: " + tag + "\n"))
                .startsWith("HTTP/1.1 304")
                .doesNotContain("window.plain");
        assertThat(ask("GET", ASSET, "If-None-Match: \"else\"\n")).startsWith("HTTP/1.1 200");
        assertThat(ask("GET", ASSET, "Accept-Encoding: br\nIf-None-Match: " + tag + "\n"))
                .as("the tag of another encoding")
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/sql", "/data/lake/demo/orders", "/data/lake/demo/%3Cscript%3E"})
    void pagesAreTheSameDocumentAndNeverKept(String path) {
        String answer = ask("GET", path, "");
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-type: text/html; charset=utf-8")
                .containsIgnoringCase("cache-control: no-store")
                .contains("<!doctype html>");
        assertProtected(answer);
    }

    @Test
    void aHeadSaysTheSameWithoutTheBody() {
        String answer = ask("HEAD", ASSET, "");
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-length: 21")
                .doesNotContain("window.plain");
        assertThat(ask("HEAD", "/assets/missing.js", "")).startsWith("HTTP/1.1 404");
        assertThat(ask("POST", ASSET, "Content-Length: 0\n")).doesNotStartWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-3", "bytes=-1", "bytes=5-2", "bytes=0-0,2-3,4-99999999999999999999", "x"})
    void aRangeIsAnsweredByTheWholeFile(String range) {
        assertThat(ask("GET", ASSET, "Range: " + range + "\n"))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("accept-ranges: none")
                .endsWith("window.plain = true;\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "br|true",
                "gzip, br|true",
                "BR;q=0.5|true",
                "br;q=0|false",
                "br;q=0.000, gzip|false",
                "brotli|false",
                "x-br|false",
                "''|false",
                "*|false"
            })
    void anEncodingIsUsedWhenItIsNamed(String header, boolean used) {
        String answer = ask("GET", ASSET, "Accept-Encoding: " + header + "\n");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT).contains("content-encoding: br"))
                .isEqualTo(used);
        assertThat(answer).endsWith(used ? "as brotli" : "window.plain = true;\n");
    }
}
