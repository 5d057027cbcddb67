package dev.estran.model.training;

import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.sql.Chunk;
import dev.estran.sql.StatementHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code CREATE MODEL ... PREDICTING ... FROM (query)}, {@code DROP MODEL}, {@code SHOW MODELS}. */
public final class ModelTrainingStatements implements StatementHandler {

    private final TrainedModels models;

    public ModelTrainingStatements(TrainedModels models) {
        this.models = models;
    }

    @Override
    public List<String> heads() {
        return List.of("CREATE MODEL", "DROP MODEL", "SHOW MODELS");
    }

    @Override
    public Result run(Context context, OwnStatement statement) {
        return switch (statement.head()) {
            case "CREATE MODEL" -> create(context, statement);
            case "DROP MODEL" -> drop(context, statement);
            case "SHOW MODELS" -> ReportRows.list(models.list(context.caller()));
            default -> throw new IllegalArgumentException(statement.head());
        };
    }

    private Result create(Context context, OwnStatement statement) {
        String query = statement.query();
        String label = statement.predicting();
        if (query == null || label == null) {
            throw new EstranException(
                    ErrorCode.SYNTAX_ERROR,
                    "CREATE MODEL needs PREDICTING and a query: CREATE MODEL lake.demo.router PREDICTING label FROM "
                            + "(SELECT text, label FROM tickets).");
        }
        TrainingOptions options = TrainingOptions.of(statement.options());
        TrainingProgress progress = (text, fraction) -> {
            if (context.cancelled()) {
                throw new EstranException(ErrorCode.CANCELLED, "Training was cancelled; no model was stored.");
            }
            context.progress(text, fraction);
        };
        LabelledRows rows = sink -> {
            Layout layout =
                    Layout.of(context.query("SELECT * FROM (" + query + "\n) AS rows LIMIT 0", 1, chunk -> {}), label);
            context.query(query, TrainingRows.MAX_ROWS, chunk -> layout.read(chunk, sink));
        };
        return ReportRows.report(models.create(
                context.caller(), name(statement), rows, options, statement.orReplace(), label, query, progress));
    }

    private Result drop(Context context, OwnStatement statement) {
        boolean dropped = models.drop(context.caller(), name(statement), statement.ifExists());
        return Result.message(dropped ? "dropped model " + statement.name() : "no model " + statement.name());
    }

    private static TableName name(OwnStatement statement) {
        String[] parts = statement.name().split("\\.", 3);
        if (parts.length != 3) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A model's name has three parts, for example lake.demo.router, not '" + statement.name() + "'.");
        }
        return new TableName(parts[0], parts[1], parts[2]);
    }

    /** Which column is the label and which are text. */
    private record Layout(int label, List<Integer> texts) {

        static Layout of(List<Column> columns, String predicting) {
            int label = -1;
            List<Integer> texts = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).name().equalsIgnoreCase(predicting)) {
                    label = i;
                } else if (columns.get(i).type().equals("VARCHAR")) {
                    texts.add(i);
                }
            }
            String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
            if (label < 0) {
                throw new EstranException(
                        ErrorCode.COLUMN_NOT_FOUND,
                        "The query has no column " + predicting + " to predict; it has " + names + ".");
            }
            if (texts.isEmpty()) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The query has no VARCHAR column beside " + predicting + " to learn from; it has " + names
                                + ". Cast one: CAST(x AS VARCHAR) AS x.");
            }
            return new Layout(label, texts);
        }

        void read(Chunk chunk, Consumer<LabelledText> sink) {
            for (int row = 0; row < chunk.rowCount(); row++) {
                StringBuilder text = new StringBuilder();
                for (int column : texts) {
                    Object value = chunk.value(row, column);
                    if (value != null) {
                        text.append(text.isEmpty() ? "" : "\n").append(value);
                    }
                }
                sink.accept(new LabelledText(text.toString(), labelText(chunk.value(row, label))));
            }
        }

        private static @Nullable String labelText(@Nullable Object value) {
            return value == null ? null : value.toString();
        }
    }
}
