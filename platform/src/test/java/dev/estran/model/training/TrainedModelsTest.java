package dev.estran.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.access.Access;
import dev.estran.metastore.Metastore;
import dev.estran.sql.Chunk;
import dev.estran.sql.StatementHandler;
import dev.estran.sql.StatementHandler.OwnStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainedModelsTest {

    private static final TableName ROUTER = new TableName("lake", "default", "router");

    @TempDir
    Path directory;

    private Metastore metastore;
    private TrainedModels models;
    private ModelTrainingStatements statements;

    @BeforeEach
    void open() {
        metastore = Metastore.open(directory.resolve("metastore.db"));
        models = new TrainedModels(
                new Access(metastore, (caller, privilege, securable, allowed) -> {}),
                metastore,
                root(),
                Clock.systemUTC());
        statements = new ModelTrainingStatements(models);
    }

    @AfterEach
    void close() {
        metastore.close();
    }

    @Test
    void createShowReplaceAndDrop() throws Exception {
        StatementHandler.Result created = statements.run(rows(300), create("lake.default.router", false));
        assertThat(created.rows()).anySatisfy(row -> assertThat(row).contains("macro F1"));
        assertThat(created.rows()).anySatisfy(row -> assertThat(row).contains("F1 of delivery"));
        assertThat(code(() -> statements.run(rows(300), create("lake.default.router", false))))
                .isEqualTo(ErrorCode.ALREADY_EXISTS);
        statements.run(rows(400), create("lake.default.router", true));
        ModelVersion current = models.describe(Caller.OWNER, ROUTER);
        assertThat(current.version()).isEqualTo(2);
        assertThat(current.labelColumn()).isEqualTo("label");
        assertThat(models.load(Caller.OWNER, ROUTER, 1)).isNotSameAs(models.load(Caller.OWNER, ROUTER));
        assertThat(models.load(Caller.OWNER, ROUTER)
                        .classify("colis livraison retard transporteur", null)
                        .label())
                .isEqualTo("delivery");
        StatementHandler.Result shown = statements.run(rows(0), statement("SHOW MODELS", ""));
        assertThat(shown.rows()).hasSize(1);
        assertThat(shown.rows().getFirst()).startsWith("lake.default.router", 2L, 4L);
        statements.run(rows(0), statement("DROP MODEL", "lake.default.router"));
        assertThat(code(() -> models.load(Caller.OWNER, ROUTER))).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(code(() -> statements.run(rows(0), statement("DROP MODEL", "lake.default.router"))))
                .isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(files()).isEmpty();
    }

    @Test
    void survivesARestartAndRemovesWhatACrashLeft() throws Exception {
        statements.run(rows(300), create("lake.default.router", false));
        String before = models.load(Caller.OWNER, ROUTER)
                .classify("facture carte", null)
                .toString();
        Files.createDirectories(root().resolve(".new-123/inner"));
        close();
        open();
        assertThat(models.removeUnnamed()).isEqualTo(1);
        assertThat(files()).hasSize(1);
        assertThat(models.load(Caller.OWNER, ROUTER).classify("facture carte", null))
                .hasToString(before);
    }

    @Test
    void refusesWhatCannotBeTrained() {
        assertThat(code(() -> statements.run(rows(300), create("lake.nowhere.router", false))))
                .isEqualTo(ErrorCode.SCHEMA_NOT_FOUND);
        assertThat(code(() -> statements.run(rows(300), create("system.models.router", false))))
                .isEqualTo(ErrorCode.RESERVED_NAME);
        assertThat(code(() -> statements.run(rows(4), create("lake.default.router", false))))
                .isEqualTo(ErrorCode.TRAINING_DATA_INSUFFICIENT);
        assertThat(code(() -> statements.run(rows(300), predicting("nothing", Map.of()))))
                .isEqualTo(ErrorCode.COLUMN_NOT_FOUND);
        assertThat(code(() -> statements.run(rows(300), predicting("label", Map.of("precison", 0.9)))))
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(models.list(Caller.OWNER)).isEmpty();
    }

    @Test
    void asksForRightsFirst() {
        Caller stranger = new Caller("u:bob", Set.of());
        assertThat(code(() -> models.load(stranger, ROUTER))).isEqualTo(ErrorCode.DENIED);
        assertThat(code(() -> models.list(stranger))).isEqualTo(ErrorCode.DENIED);
        assertThat(code(() -> models.drop(stranger, ROUTER, true))).isEqualTo(ErrorCode.DENIED);
        LabelledRows unread = sink -> {
            throw new AssertionError("rows were read");
        };
        assertThat(code(() -> models.create(
                        stranger, ROUTER, unread, TrainingOptions.DEFAULT, false, "l", "q", TrainingProgress.NONE)))
                .isEqualTo(ErrorCode.DENIED);
    }

    @Test
    void stopsWhenCancelledAndStoresNothing() throws IOException {
        Rows cancelled = new Rows(Tickets.make(300, 1), true);
        assertThat(code(() -> statements.run(cancelled, create("lake.default.router", false))))
                .isEqualTo(ErrorCode.CANCELLED);
        assertThat(models.list(Caller.OWNER)).isEmpty();
        assertThat(files()).isEmpty();
    }

    private Path root() {
        return directory.resolve("models");
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(root())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(root())) {
            return files.toList();
        }
    }

    private static ErrorCode code(ThrowingCallable call) {
        List<ErrorCode> codes = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOfSatisfying(EstranException.class, e -> codes.add(e.code()));
        return codes.getFirst();
    }

    private static OwnStatement create(String name, boolean orReplace) {
        return new OwnStatement("CREATE MODEL", name, orReplace, false, Map.of(), "SELECT text, label", "label");
    }

    private static OwnStatement predicting(String label, Map<String, @Nullable Object> options) {
        return new OwnStatement(
                "CREATE MODEL", "lake.default.router", false, false, options, "SELECT text, label", label);
    }

    private static OwnStatement statement(String head, String name) {
        return new OwnStatement(head, name, false, false, Map.of(), null, null);
    }

    private static Rows rows(int count) {
        return new Rows(Tickets.make(count, 21), false);
    }

    /** A statement's surroundings whose every query gives the same tickets. */
    private record Rows(List<LabelledText> rows, boolean cancelled) implements StatementHandler.Context {

        @Override
        public Caller caller() {
            return Caller.OWNER;
        }

        @Override
        public String statementId() {
            return "s1";
        }

        @Override
        public List<Column> query(String sql, long rowLimit, Consumer<Chunk> sink) {
            if (!sql.endsWith("LIMIT 0")) {
                rows.forEach(row -> sink.accept(new OneRow(Arrays.asList(row.label(), 7L, row.text()))));
            }
            return List.of(new Column("label", "VARCHAR"), new Column("n", "BIGINT"), new Column("text", "VARCHAR"));
        }

        @Override
        public void progress(String text, double fraction) {
            assertThat(fraction).isBetween(0.0, 1.0);
        }
    }

    private record OneRow(List<@Nullable Object> values) implements Chunk {

        @Override
        public int rowCount() {
            return 1;
        }

        @Override
        public int columnCount() {
            return values.size();
        }

        @Override
        public @Nullable Object value(int row, int column) {
            return values.get(column);
        }
    }
}
