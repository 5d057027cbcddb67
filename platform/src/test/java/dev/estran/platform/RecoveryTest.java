package dev.estran.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was dropped or changed comes back by a statement. */
class RecoveryTest {

    private static TestingPlatform estran;

    @BeforeAll
    static void start() {
        estran = TestingPlatform.start();
    }

    @AfterAll
    static void stop() {
        estran.close();
    }

    private static ErrorCode failure(String sql) {
        EstranException error = estran.await(
                        estran.platform().sql().submit(Caller.OWNER, dev.estran.sql.SqlRequest.of(sql)))
                .error();
        return Objects.requireNonNull(error, sql).code();
    }

    @Test
    void aDroppedTableComesBackWithItsVersions() {
        estran.run("CREATE TABLE gone AS SELECT 1 AS a");
        estran.run("INSERT INTO gone VALUES (2)");
        estran.run("COMMENT ON TABLE gone IS 'kept'");
        estran.run("DROP TABLE gone");
        assertThat(failure("SELECT * FROM gone")).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        assertThat(estran.rows("SHOW TABLES DROPPED LIKE 'gone'")).hasSize(1);
        estran.run("UNDROP TABLE gone");
        assertThat(estran.rows("SELECT a FROM gone ORDER BY a")).containsExactly("[1]", "[2]");
        assertThat(estran.rows("SELECT a FROM gone AT (VERSION => 1)")).containsExactly("[1]");
        assertThat(estran.rows("SHOW TABLES LIKE 'gone'")).containsExactly("[\"gone\",\"table\",\"kept\"]");
        assertThat(estran.rows("SHOW TABLES DROPPED LIKE 'gone'")).isEmpty();
        estran.run("INSERT INTO gone VALUES (3)");
        // Its files are its own again: what is purged now is not them.
        estran.platform().lake().purgeDropped(Caller.SYSTEM, Duration.ZERO);
        assertThat(estran.rows("SELECT count(*) FROM gone")).containsExactly("[3]");
    }

    @Test
    void theNameMustBeFreeAndTheLastOneComesBack() {
        estran.run("CREATE TABLE twice AS SELECT 'first' AS v");
        estran.run("DROP TABLE twice");
        estran.run("CREATE TABLE twice AS SELECT 'second' AS v");
        assertThat(failure("UNDROP TABLE twice")).isEqualTo(ErrorCode.ALREADY_EXISTS);
        estran.run("DROP TABLE twice");
        estran.run("UNDROP TABLE twice");
        assertThat(estran.rows("SELECT v FROM twice")).containsExactly("[\"second\"]");
        estran.run("ALTER TABLE twice RENAME TO renamed");
        estran.run("UNDROP TABLE twice");
        assertThat(estran.rows("SELECT v FROM twice")).containsExactly("[\"first\"]");
        assertThat(failure("UNDROP TABLE twice")).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        assertThat(failure("UNDROP TABLE \"twice'; DROP TABLE renamed; --\"")).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
    }

    @Test
    void whatWasPurgedDoesNotComeBack() {
        estran.run("CREATE TABLE purged AS SELECT 1 AS a");
        estran.run("DROP TABLE purged");
        estran.platform().lake().purgeDropped(Caller.SYSTEM);
        assertThat(estran.rows("SHOW TABLES DROPPED LIKE 'purged'")).hasSize(1);
        estran.platform().lake().purgeDropped(Caller.SYSTEM, Duration.ZERO);
        assertThat(failure("UNDROP TABLE purged")).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
    }

    @Test
    void aSchemaThatIsMadeAgainGetsItsTablesBack() {
        estran.run("CREATE SCHEMA dropped_schema");
        estran.run("CREATE TABLE dropped_schema.t AS SELECT 7 AS a");
        estran.run("DROP SCHEMA dropped_schema CASCADE");
        assertThat(failure("UNDROP TABLE dropped_schema.t")).isEqualTo(ErrorCode.SCHEMA_NOT_FOUND);
        estran.run("CREATE SCHEMA dropped_schema");
        estran.run("UNDROP TABLE dropped_schema.t");
        assertThat(estran.rows("SELECT a FROM dropped_schema.t")).containsExactly("[7]");
    }

    @Test
    void anEarlierVersionBecomesTheNewest() {
        estran.run("CREATE TABLE r (a INTEGER, b VARCHAR DEFAULT 'x')");
        estran.run("INSERT INTO r (a) VALUES (1), (2)");
        estran.run("DELETE FROM r WHERE a = 1");
        estran.run("ALTER TABLE r DROP COLUMN b");
        estran.run("ALTER TABLE r ADD COLUMN c DATE");
        estran.run("RESTORE TABLE r TO VERSION AS OF 2");
        assertThat(estran.rows("SELECT * FROM r ORDER BY a")).containsExactly("[1,\"x\"]", "[2,\"x\"]");
        assertThat(estran.rows("SELECT a FROM r AT (VERSION => 3)")).containsExactly("[2]");
        assertThat(estran.rows("DESCRIBE HISTORY r")).last().asString().contains("\"RESTORE\",2,1");
        // What is written next follows from what was restored.
        estran.run("INSERT INTO r (a) VALUES (3)");
        assertThat(estran.rows("SELECT b FROM r WHERE a = 3")).containsExactly("[\"x\"]");
        estran.run("RESTORE r TO VERSION 1");
        assertThat(estran.rows("SELECT count(*) FROM r")).containsExactly("[0]");
        estran.run("RESTORE r TO VERSION 7");
        assertThat(estran.rows("SELECT count(*) FROM r")).containsExactly("[3]");
        assertThat(failure("RESTORE r TO VERSION 99")).isEqualTo(ErrorCode.VERSION_NOT_FOUND);
        assertThat(failure("RESTORE r TO VERSION 'x'")).isEqualTo(ErrorCode.SYNTAX_ERROR);
        assertThat(failure("RESTORE r TO TIMESTAMP AS OF '1999-01-01'")).isEqualTo(ErrorCode.VERSION_NOT_FOUND);
        assertThat(failure("RESTORE ENDPOINT e")).isEqualTo(ErrorCode.NOT_BUILT);
    }

    @Test
    void aReplacedTableIsRestoredToo() {
        estran.run("CREATE TABLE swapped AS SELECT 1 AS old");
        estran.run("CREATE OR REPLACE TABLE swapped AS SELECT 'new' AS fresh");
        estran.run("RESTORE TABLE swapped TO VERSION 1");
        assertThat(estran.rows("SELECT old FROM swapped")).containsExactly("[1]");
    }
}
