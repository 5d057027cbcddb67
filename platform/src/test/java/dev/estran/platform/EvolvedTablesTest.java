package dev.estran.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files written before a change of their table's columns are read as the table is now. */
class EvolvedTablesTest {

    private static TestingPlatform estran;

    @BeforeAll
    static void start() {
        estran = TestingPlatform.start();
    }

    @AfterAll
    static void stop() {
        estran.close();
    }

    @Test
    void theEngineKnowsHowManyRowsATableHas() {
        estran.run("CREATE TABLE many AS SELECT i AS id FROM range(54321) t(i)");
        assertThat(String.join("\n", estran.rows("EXPLAIN SELECT id FROM many")))
                .contains("54,321 rows");

        estran.run("COMMENT ON COLUMN many.id IS 'a number'");
        assertThat(String.join("\n", estran.rows("EXPLAIN SELECT id FROM many")))
                .as("a comment changes nothing about the files")
                .contains("54,321 rows");
    }

    @Test
    void everyTypeIsReadAsItWasWritten() {
        String values = "true AS a, 1::INTEGER AS b, 2::BIGINT AS c, 1.5::FLOAT AS d, 2.5::DOUBLE AS e,"
                + " 12.34::DECIMAL(9,2) AS f, 1::DECIMAL(38,0) AS g, 'x' AS h, '\\xAA'::BLOB AS i, DATE '2026-01-02' AS j,"
                + " TIME '10:11:12.5' AS k, TIMESTAMP '2026-01-02 03:04:05.678' AS l,"
                + " TIMESTAMPTZ '2026-01-02 03:04:05+02' AS m, 'c0ffee00-0000-4000-8000-000000000001'::UUID AS n,"
                + " [1, NULL, 3] AS o, {'p': 1, 'q': ['r', NULL]} AS p, MAP {'k': DATE '2026-01-02'} AS q,"
                + " NULL::VARCHAR AS r, [{'s': 1.25::DECIMAL(5,2)}] AS s";
        estran.run("CREATE TABLE types AS SELECT " + values);
        estran.run("INSERT INTO types SELECT " + values);
        assertThat(estran.rows("SELECT * FROM types"))
                .containsOnly(estran.rows("SELECT " + values).getFirst())
                .hasSize(2);
        assertThat(estran.rows("DESCRIBE SELECT * FROM types")).isEqualTo(estran.rows("DESCRIBE SELECT " + values));
    }

    @Test
    void swappedNamesFollowTheirColumns() {
        estran.run("CREATE TABLE swapped AS SELECT 'first' AS a, 'second' AS b");
        estran.run("ALTER TABLE swapped RENAME COLUMN a TO c");
        estran.run("ALTER TABLE swapped RENAME COLUMN b TO a");
        estran.run("ALTER TABLE swapped RENAME COLUMN c TO b");
        assertThat(estran.rows("SELECT a, b FROM swapped")).containsExactly("[\"second\",\"first\"]");
        assertThat(estran.rows("SELECT a, b FROM swapped AT (VERSION => 1)")).containsExactly("[\"first\",\"second\"]");
    }

    @Test
    void aColumnThatTakesADroppedName() {
        estran.run("CREATE TABLE again AS SELECT 1 AS id, 'old' AS note");
        estran.run("ALTER TABLE again DROP COLUMN note");
        assertThat(estran.rows("SELECT * FROM again")).containsExactly("[1]");
        estran.run("ALTER TABLE again ADD COLUMN note VARCHAR");
        assertThat(estran.rows("SELECT * FROM again")).containsExactly("[1,null]");
        estran.run("UPDATE again SET note = 'new'");
        assertThat(estran.rows("SELECT * FROM again")).containsExactly("[1,\"new\"]");
    }

    @Test
    void rowsChangedAfterADrop() {
        estran.run("CREATE TABLE dropped AS SELECT i AS id, i * 2 AS twice, i * 3 AS thrice FROM range(10) t(i)");
        estran.run("ALTER TABLE dropped DROP COLUMN twice");
        assertThat(estran.run("DELETE FROM dropped WHERE id >= 2").affected()).isEqualTo(8);
        estran.run("INSERT INTO dropped VALUES (7, 70)");
        assertThat(estran.rows("SELECT * FROM dropped ORDER BY id")).containsExactly("[0,0]", "[1,3]", "[7,70]");
    }

    @Test
    void aReplacedTableForgetsItsOldColumns() {
        estran.run("CREATE TABLE replaced AS SELECT 1 AS a, 2 AS b");
        estran.run("CREATE OR REPLACE TABLE replaced AS SELECT 'x' AS b, 9 AS a");
        assertThat(estran.rows("SELECT * FROM replaced")).containsExactly("[\"x\",9]");
    }
}
