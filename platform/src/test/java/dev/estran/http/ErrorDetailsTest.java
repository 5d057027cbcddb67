package dev.estran.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.platform.HttpDoor;
import dev.estran.platform.HttpDoor.Answer;
import dev.estran.platform.TestingPlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an error names comes along as values, so that the workspace can say it in the language of its user. */
class ErrorDetailsTest {

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private static TestingPlatform estran;
    private static HttpDoor door;

    @BeforeAll
    static void start() {
        estran = TestingPlatform.start(
                Map.of("http.port", "0", "sql.result_limit_bytes", "100000", "sql.statement_limit_bytes", "100000"));
        door = new HttpDoor(estran.platform().serve());
        estran.run("CREATE TABLE shops AS SELECT 1 AS id, 'Lyon' AS town");
        estran.run("CREATE TABLE sales (id INTEGER NOT NULL, amount DECIMAL(9,2))");
        estran.run("CREATE SCHEMA lake.harbour");
    }

    @AfterAll
    static void stop() {
        door.close();
        estran.close();
    }

    /** Each value stands as the sentences of errors.json name it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT twn FROM shops                               | COLUMN_NOT_FOUND     | name=twn;suggestions=["town"]
            SELECT s.twn FROM shops AS s                        | COLUMN_NOT_FOUND     | name=twn
            UPDATE shops SET twn = 'x'                          | COLUMN_NOT_FOUND     | key=of;name=twn;table=lake.default.shops;suggestions=["town"]
            SELECT * FROM shop                                  | TABLE_NOT_FOUND      | name=lake.default.shop;suggestions=["shops"]
            DROP TABLE lake.default.nothing                     | TABLE_NOT_FOUND      | name=lake.default.nothing
            DROP VIEW lake.default.nothing                      | VIEW_NOT_FOUND       | name=lake.default.nothing
            USE lake.harbor                                     | SCHEMA_NOT_FOUND     | name=lake.harbor
            CREATE TABLE lake.nowhere.t AS SELECT 1 AS a        | SCHEMA_NOT_FOUND     | name=lake.nowhere
            CREATE SCHEMA sea.x                                 | CATALOG_NOT_FOUND    | name=sea
            SELECT lenght(town) FROM shops                      | FUNCTION_NOT_ALLOWED | function=lenght;suggestions=["length"]
            SELECT * FROM read_csv('a.csv')                     | FUNCTION_NOT_ALLOWED | key=files;function=read_csv
            SELECT id FROM shops a JOIN sales b ON a.id = b.id  | BIND_ERROR           | key=ambiguous;name=id;choices=a.id, b.id
            SELECT town, count(*) FROM shops                    | BIND_ERROR           | key=group;name=town
            SELECT sin([1])                                     | BIND_ERROR           | key=types;function=sin;types=INTEGER[]
            INSERT INTO shops (id, id) VALUES (1, 2)            | BIND_ERROR           | key=twice;name=id
            INSERT INTO shops VALUES (1, 'a', 3)                | BIND_ERROR           | key=width;given=3;wanted=2
            SELECT CAST(town AS INTEGER) FROM shops             | CONVERSION_FAILED    | value=Lyon;type=INTEGER
            SELECT CAST(town AS DATE) FROM shops                | CONVERSION_FAILED    | value=Lyon;type=DATE
            SELECT CAST(town AS DECIMAL(9,2)) FROM shops        | CONVERSION_FAILED    | value=Lyon;type=DECIMAL(9,2)
            SELECT CAST(id + 999 AS TINYINT) FROM shops         | CONVERSION_FAILED    | value=1000;type=TINYINT
            INSERT INTO sales VALUES (NULL, 1)                  | CONSTRAINT_VIOLATED  | key=not_null;column=id;table=lake.default.sales
            CREATE TABLE shops AS SELECT 1 AS a                 | ALREADY_EXISTS       | name=lake.default.shops
            CREATE SCHEMA lake.harbour                          | ALREADY_EXISTS       | name=lake.harbour
            DROP SCHEMA lake.default                            | NOT_EMPTY            | name=schema lake.default
            CREATE TABLE t (a NONSENSE)                         | TYPE_NOT_SUPPORTED   | type=NONSENSE
            SELECT * FORM shops                                 | SYNTAX_ERROR         | key=near;near=shops
            SELECT 1 +                                          | SYNTAX_ERROR         | key=near;near=+
            DROP TABLE                                          | SYNTAX_ERROR         | key=end
            CREATE TABLE t (a INTEGER                           | SYNTAX_ERROR         | key=expected;expected=)
            DROP TABLE shops nonsense                           | SYNTAX_ERROR         | key=near;near=nonsense
            SELECT 1; SELECT 2                                  | MULTIPLE_STATEMENTS  | count=2
            SELECT ai_gen('x')                                  | NEEDS_MODEL          | function=ai_gen
            SELECT ai_embed('e', 'x')                           | NOT_BUILT            | name=ai_embed
            SELECT $nothing                                     | PARAMETER_MISSING    | parameter=nothing
            SELECT repeat('x', 1000) FROM range(200)            | RESULT_TOO_LARGE     | key=bytes;limit=100000
            """)
    void namesWhatItIsAbout(String statement, String code, String details) {
        Answer answer = door.sql(statement);
        assertThat(answer.code()).as(answer.text()).isEqualTo(code);
        holds(answer, details);
    }

    private static void holds(Answer answer, String details) {
        JsonNode given = answer.json().path("error").path("details");
        Arrays.stream(details.split(";")).forEach(one -> {
            String[] pair = one.split("=", 2);
            JsonNode value = given.path(pair[0]);
            assertThat(value.isTextual() ? value.asText() : value.toString())
                    .as(answer.text())
                    .isEqualTo(pair[1]);
        });
    }

    @Test
    void limitsAndFilesToo() {
        holds(
                door.follow(door.post(
                        "/api/v1/sql",
                        "{\"statement\":\"SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range *"
                                + " b.range = 7\",\"limits\":{\"timeout_ms\":200}}")),
                "millis=200");
        holds(door.sql("SELECT '" + "x".repeat(100_001) + "'"), "limit=100000;bytes=100010");
        String load = "/api/v1/load?table=lake.default.loaded&name=";
        holds(door.follow(door.post(load + "a.xlsx", "a;b\n1;2\n")), "key=not;name=a.xlsx;kind=xlsx");
        holds(door.follow(door.post(load + "a.bin", "\u0000\u0001\u0002\u0000")), "name=a.bin");
        holds(door.follow(door.post(load + "a.json", "[{\"a\": 1}, {\"a\"")), "key=json;name=a.json;line=1");
        holds(
                door.follow(door.post(load + "a.csv&types=a%3DINTEGER&max_rejects=1", "a,b\n1,x\nno,y\nnope,z\n")),
                "limit=1;name=a.csv;first=3");
        holds(
                door.follow(door.post("/api/v1/load?table=lake.default.shops&mode=create&name=a.csv", "a,b\n1,2\n")),
                "name=lake.default.shops");
    }

    /** The sentences name nothing that no error ever gives. */
    @Test
    void everySentenceCanBeFilledIn() throws Exception {
        Path messages = Path.of(System.getProperty("estran.root", ".."), "web/src/locales/en/errors.json");
        JsonNode file = new ObjectMapper().readTree(Files.readString(messages));
        for (dev.estran.ErrorCode code : dev.estran.ErrorCode.values()) {
            assertThat(file.path(code.name()).path("title").asText())
                    .as(code.name())
                    .isNotBlank();
        }
        assertThat(PLACE.matcher(file.toString()).results().count()).isPositive();
    }
}
