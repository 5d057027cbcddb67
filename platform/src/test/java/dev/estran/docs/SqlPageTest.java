package dev.estran.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.estran.Caller;
import dev.estran.EstranException;
import dev.estran.platform.TestingPlatform;
import dev.estran.sql.SqlRequest;
import dev.estran.sql.SqlScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every statement in a {@code sql} block of these pages runs, in order, in one session; or fails as the block says. */
final class SqlPageTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sql(?: error=(\\w+))?\\n(.*?)^```$");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/reference/sql.md",
                "docs/concepts/ai-in-sql.md",
                "docs/concepts/tables.md",
                "docs/guides/own-classifier.md",
                "docs/guides/models.md"
            })
    void everyExampleRuns(String page) throws Exception {
        List<String> wrong = new ArrayList<>();
        int statements = 0;
        try (TestingPlatform estran = TestingPlatform.start()) {
            String session = estran.platform().sql().openSession(Caller.OWNER);
            for (Matcher block = BLOCK.matcher(DocsFile.read(page)); block.find(); ) {
                String expected = block.group(1) == null ? "" : block.group(1);
                for (String statement : SqlScanner.split(block.group(2))) {
                    statements++;
                    SqlRequest request = new SqlRequest(session, statement, Map.of(), null, null, null);
                    EstranException error = estran.attempt(request).error();
                    if (!(error == null ? "" : error.code().name()).equals(expected)) {
                        wrong.add(statement + "\n  gives " + error);
                    }
                }
            }
        }
        assertThat(wrong).as(page).isEmpty();
        assertThat(statements).as("statements of %s", page).isPositive();
    }

    @Test
    void aBlockIsReadWithItsError() {
        Matcher block = BLOCK.matcher("text\n```sql error=NOT_BUILT\nGRANT x\n```\nmore\n");
        assertThat(block.find()).isTrue();
        assertThat(block.group(1)).isEqualTo("NOT_BUILT");
        assertThat(block.group(2)).isEqualTo("GRANT x\n");
    }
}
