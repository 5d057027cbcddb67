package dev.estran.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;

class SqlScannerTest {

    private static final List<String> FRAGMENTS = List.of(
            "'",
            "'",
            "''",
            "\"",
            "e'",
            "E'",
            "x'",
            "n'",
            "\\",
            "\\'",
            ";",
            ";",
            ";",
            "--",
            "\n",
            "\r",
            "/*",
            "*/",
            "/",
            "*",
            "$$",
            "$$",
            "$t$",
            "$T$",
            "$",
            "$1",
            "$a",
            "?",
            "t",
            "e",
            "a1",
            "1",
            "1e",
            "1.5e3",
            "0x1",
            "_",
            " ",
            " ",
            "\t",
            "é",
            "\u00a0",
            "\u2003",
            "\u3000",
            "\ufeff",
            "\u200b",
            "select 1",
            "select 1",
            "select 'a'",
            "select a",
            "from t",
            ",",
            "#",
            "#1",
            "@",
            "+",
            "-",
            "u&'",
            "b'",
            "\u2028",
            "\ud83d\ude00",
            "\f",
            "\u000b",
            "\u1680",
            "\u2060",
            ":",
            ".");

    @Test
    void splitsOnlyOutsideQuotesAndComments() {
        assertThat(SqlScanner.split("""
                        SELECT ';' AS a -- x;
                        ; /* ; /* ; */ ; */ CREATE AGENT a.b.c FROM $$
                        name: x;
                        $$; SELECT e'a\\';' , "x;""y" ;; -- end
                        """))
                .containsExactly(
                        "SELECT ';' AS a", "CREATE AGENT a.b.c FROM $$\nname: x;\n$$", "SELECT e'a\\';' , \"x;\"\"y\"");
        assertThat(SqlScanner.split(" ;; -- nothing")).isEmpty();
        assertThat(SqlScanner.split("SELECT e'\\'; GRANT ALL ON t TO x --'")).hasSize(1);
    }

    @Test
    void tokensCarryKindValueAndOffsets() {
        List<Token> tokens = SqlScanner.tokens(
                "Create \"A \"\"b\"  'it''s' e'é\\n\\x41\\101' 1_000.5e-3 $since ? $f$ x $f$ := a->>'b';");
        assertThat(tokens)
                .extracting(Token::kind)
                .containsExactly(
                        Token.Kind.WORD,
                        Token.Kind.QUOTED_NAME,
                        Token.Kind.STRING,
                        Token.Kind.STRING,
                        Token.Kind.NUMBER,
                        Token.Kind.PARAMETER,
                        Token.Kind.PARAMETER,
                        Token.Kind.DOLLAR_STRING,
                        Token.Kind.SYMBOL,
                        Token.Kind.WORD,
                        Token.Kind.SYMBOL,
                        Token.Kind.STRING,
                        Token.Kind.SYMBOL);
        assertThat(tokens)
                .extracting(Token::value)
                .containsExactly(
                        "create",
                        "A \"b",
                        "it's",
                        "é\nAA",
                        "1_000.5e-3",
                        "since",
                        "",
                        " x ",
                        ":=",
                        "a",
                        "->>",
                        "b",
                        ";");
        assertThat(tokens.get(1).start()).isEqualTo(7);
        assertThat(tokens.get(1).end()).isEqualTo(14);
        assertThat(tokens.getFirst().is("CREATE")).isTrue();
    }

    @Test
    void sayWhereAnOpenQuoteStarts() {
        for (String open : List.of("'a", "\"a", "e'a\\'", "$x$ a $X$", "/* /* */")) {
            assertThatThrownBy(() -> SqlScanner.tokens("select\n  " + open))
                    .isInstanceOfSatisfying(EstranException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
                        assertThat(e.details()).isEqualTo(Map.of("line", 2, "column", 3, "position", 9));
                        assertThat(e.text()).startsWith("Line 2, column 3: the ");
                    });
        }
    }

    @Test
    void refuseControlCharactersOutsideStrings() {
        assertThat(SqlScanner.tokens("'a\u0001b'")).hasSize(1);
        for (String hidden : List.of("select \u0001a$$", "\u0000", "select 1 \u007f", "select \u0085a")) {
            assertThatThrownBy(() -> SqlScanner.tokens(hidden)).hasMessageContaining("control character U+00");
        }
    }

    @Test
    void escapeStringsDecodeAsTheEngineDecodesThem() throws Exception {
        Random random = new Random(seed("escape strings"));
        List<String> parts = List.of(
                "\\n",
                "\\t",
                "\\\\",
                "\\'",
                "''",
                "\\x41",
                "\\x4",
                "\\101",
                "\\7",
                "\\u00e9",
                "\\U0001F600",
                "a",
                " ",
                "é",
                "\\q",
                "\\\"",
                "\\b",
                "\\f",
                "\\r");
        try (DuckDBConnection connection = memory()) {
            for (int i = 0; i < 300; i++) {
                StringBuilder sql = new StringBuilder("e'");
                for (int k = random.nextInt(8); k >= 0; k--) {
                    sql.append(parts.get(random.nextInt(parts.size())));
                }
                sql.append("'");
                try (var statement = connection.createStatement();
                        var rows = statement.executeQuery("SELECT " + sql)) {
                    rows.next();
                    assertThat(SqlScanner.tokens(sql.toString()).getFirst().value())
                            .as(sql.toString())
                            .isEqualTo(rows.getString(1));
                }
            }
        }
    }

    /** Whatever the engine accepts, it must see as many statements as the scanner does. */
    @Test
    void agreesWithTheEngineOnTheNumberOfStatements() throws Exception {
        Random random = new Random(seed("splitting"));
        int accepted = 0;
        try (DuckDBConnection connection = memory();
                var parse = connection.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)")) {
            for (int i = 0; i < 20_000; i++) {
                StringBuilder sql = new StringBuilder(random.nextBoolean() ? "select 1 " : "");
                for (int k = random.nextInt(12); k >= 0; k--) {
                    sql.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
                }
                String text;
                try {
                    text = SqlScanner.withPlainBlanks(sql.toString());
                } catch (EstranException e) {
                    text = sql.toString().replaceAll("[\\x{a0}\\x{2003}\\x{3000}\\x{feff}\\x{200b}\\x{2060}]", " ");
                }
                parse.setString(1, text);
                try (var rows = parse.executeQuery()) {
                    rows.next();
                    String json = rows.getString(1);
                    if (json.startsWith("{\"error\":false")) {
                        accepted++;
                        int theirs = Pattern.compile("\"named_param_map\"").split(json, -1).length - 1;
                        assertThat(splitOrNothing(sql.toString()))
                                .as(escaped(sql.toString()))
                                .hasSize(theirs);
                    }
                }
            }
        }
        System.out.println("accepted by the engine: " + accepted);
        assertThat(accepted).isGreaterThan(500);
    }

    private static List<String> splitOrNothing(String sql) {
        try {
            return SqlScanner.split(sql);
        } catch (EstranException e) {
            throw new AssertionError("refused what the engine takes: " + escaped(sql), e);
        }
    }

    private static String escaped(String sql) {
        StringBuilder text = new StringBuilder();
        sql.codePoints().forEach(c -> text.append(c < 32 || c > 126 ? "<%04x>".formatted(c) : Character.toString(c)));
        return text.toString();
    }

    private static long seed(String what) {
        long seed = System.nanoTime();
        System.out.println("seed of " + what + ": " + seed);
        return seed;
    }

    private static DuckDBConnection memory() throws Exception {
        return java.sql.DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
    }
}
