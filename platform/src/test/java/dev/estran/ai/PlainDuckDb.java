package dev.estran.ai;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBFunctions;
import org.jspecify.annotations.Nullable;

/**
 * The stub's answers as volatile functions of a plain DuckDB without its optimizer, which therefore evaluates predicates
 * in the order written. Notes what the functions are called for.
 */
final class PlainDuckDb implements AutoCloseable {

    private final Connection connection;
    private final Set<String> called;

    PlainDuckDb(Set<String> called) throws SQLException {
        this.connection = DriverManager.getConnection("jdbc:duckdb:");
        this.called = called;
        PlannerFixture.TABLES.forEach(this::execute);
        function("filter", text -> Boolean.toString(text.length() % 2 == 0));
        function("gen", text -> "gen:" + text);
        function("summarize", text -> "summarize:" + text);
        function("similarity", text -> Integer.toString(text.length()));
        function("detect_language", text -> text.isEmpty() ? null : text.substring(0, 1));
        function("classify", text -> Integer.toString(text.length()));
        execute("CREATE MACRO p_filter(i, a) AS CAST(u_filter(CAST(a AS VARCHAR)) AS BOOLEAN),"
                + " (i, a, b) AS CAST(u_filter(CAST(a || '|' || b AS VARCHAR)) AS BOOLEAN)");
        execute("CREATE MACRO p_similarity(a, b) AS CAST(u_similarity(CAST(a || '|' || b AS VARCHAR)) AS DOUBLE)");
        execute("CREATE MACRO p_gen(a) AS u_gen(CAST(a AS VARCHAR))");
        execute("CREATE MACRO p_summarize(a) AS u_summarize(CAST(a AS VARCHAR))");
        execute("CREATE MACRO p_detect_language(a) AS u_detect_language(CAST(a AS VARCHAR))");
        execute("CREATE MACRO p_classify(a, l) AS l[CAST(u_classify(CAST(a AS VARCHAR)) AS INTEGER) % len(l) + 1]");
        execute("PRAGMA disable_optimizer");
    }

    private void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Rows as text, sorted. */
    List<String> rows(String query) {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            while (found.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getObject(i));
                }
                rows.add(row.toString());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
        rows.sort(String::compareTo);
        return rows;
    }

    private void function(String name, UnaryOperator<@Nullable String> body) throws SQLException {
        try (var builder = DuckDBFunctions.scalarFunction()) {
            builder.withName("u_" + name)
                    .withParameter(DuckDBColumnType.VARCHAR)
                    .withReturnType(DuckDBColumnType.VARCHAR)
                    .withVolatile()
                    .withVectorizedFunction((in, out) -> {
                        @Nullable String[] answers = new @Nullable String[(int) in.rowCount()];
                        for (int i = 0; i < answers.length; i++) {
                            if (!in.vector(0).isNull(i)) {
                                String text = in.vector(0).getString(i);
                                called.add("ai_" + name + " " + text);
                                answers[i] = body.apply(text);
                            }
                        }
                        out.setStrings(0, answers);
                    })
                    .register(connection);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
