package dev.estran.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TypeMappingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int | INTEGER",
                "text | VARCHAR",
                "varchar(10) | VARCHAR",
                "character varying (10) | VARCHAR",
                "double precision | DOUBLE",
                "numeric | DECIMAL(18,3)",
                "decimal( 7 ) | DECIMAL(7,0)",
                "DEC(7, 2) | DECIMAL(7,2)",
                "timestamptz | TIMESTAMP WITH TIME ZONE",
                "timestamp with  time zone | TIMESTAMP WITH TIME ZONE",
                "timestamp without time zone | TIMESTAMP",
                "timestamp(3) | TIMESTAMP",
                "TIMESTAMP_NS | TIMESTAMP",
                "HUGEINT | DECIMAL(38,0)",
                "UBIGINT | DECIMAL(20,0)",
                "UINTEGER | BIGINT",
                "UTINYINT | INTEGER",
                "JSON | VARCHAR",
                "\"NULL\" | INTEGER",
                "ENUM('a', 'it''s )', '') | VARCHAR",
                "ENUM('a')[] | VARCHAR[]",
                "TINYINT[3][] | INTEGER[][]",
                "map(text, ubigint[]) | MAP(VARCHAR, DECIMAL(20,0)[])",
                "STRUCT(\"a\" int, \"B \"\"c\" json, \"end\" STRUCT(x HUGEINT)[]) | "
                        + "STRUCT(a INTEGER, \"B \"\"c\" VARCHAR, \"end\" STRUCT(x DECIMAL(38,0))[])",
            })
    void valuesAreStoredInTheNarrowestTypeThatLosesNothing(String given, String stored) {
        assertThat(TypeMapping.castFor(given)).isEqualTo(stored);
        assertThat(TypeMapping.castFor(stored)).isEqualTo(stored);
        assertThat(TypeMapping.toDuck(TypeMapping.toIceberg(given, new AtomicInteger()::incrementAndGet)))
                .isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INTERVAL",
                "BIT",
                "UNION(a INTEGER, b VARCHAR)",
                "TIMETZ",
                "STRUCT(a INTERVAL)",
                "MAP(VARCHAR, BIT)",
                "VARIANT",
                "GEOMETRY",
                "BIGNUM",
                "WHATEVER"
            })
    void typesThatTablesDoNotHaveSayWhatToCastTo(String type) {
        assertThatThrownBy(() -> TypeMapping.castFor(type)).isInstanceOfSatisfying(EstranException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.TYPE_NOT_SUPPORTED);
            assertThat(e.text()).contains("Cast it to");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "INTEGER INTEGER",
                "INTEGER[",
                "INTEGER[x]",
                "STRUCT",
                "STRUCT()",
                "STRUCT(a)",
                "STRUCT(a INTEGER",
                "STRUCT(a INTEGER, A DATE)",
                "STRUCT(\"\" INTEGER)",
                "STRUCT(\"a INTEGER)",
                "MAP(INTEGER)",
                "DECIMAL(39,0)",
                "DECIMAL(5,6)",
                "DECIMAL(99999999999,0)",
                "ENUM('a",
                "TIMESTAMP WITH ZONE",
                "INTEGER; DROP TABLE t",
                "a'b"
            })
    void whatIsNoTypeIsRefused(String text) {
        assertThatThrownBy(() -> TypeMapping.castFor(text))
                .isInstanceOfSatisfying(
                        EstranException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_NOT_SUPPORTED));
    }

    @Test
    void nestingIsBounded() {
        assertThatThrownBy(() -> TypeMapping.castFor("STRUCT(a ".repeat(5_000) + "INTEGER" + ")".repeat(5_000)))
                .isInstanceOf(EstranException.class);
    }

    @Test
    void noTextMakesTheParserFailOtherwiseThanByItsOwnError() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> parts = List.of(
                "STRUCT", "(", ")", "[", "]", ",", "\"", "'", "a", "INTEGER", "MAP", "DECIMAL", "9", " ", "ENUM", "é",
                "\0");
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                text.append(parts.get(random.nextInt(parts.size())));
            }
            try {
                assertThat(TypeMapping.castFor(text.toString())).isNotBlank();
            } catch (EstranException e) {
                assertThat(e.code()).as("seed %s: %s", seed, text).isEqualTo(ErrorCode.TYPE_NOT_SUPPORTED);
            }
        }
    }
}
