package dev.estran.model.training;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.TableName;
import dev.estran.sql.SystemTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.ai.models}: one row per version of each own model, with the figures of its report; {@code report} is the
 * whole report as JSON, fields as in {@link TrainingReport}.
 */
public final class TrainedModelTable implements SystemTable {

    private final TrainedModels models;

    public TrainedModelTable(TrainedModels models) {
        this.models = models;
    }

    @Override
    public TableName name() {
        return new TableName("system", "ai", "models");
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("catalog", "VARCHAR", false),
                new Column("schema", "VARCHAR", false),
                new Column("name", "VARCHAR", false),
                new Column("version", "BIGINT", false),
                new Column("is_current", "BOOLEAN", false),
                new Column("predicting", "VARCHAR", false),
                new Column("source", "VARCHAR", false),
                new Column("labels", "BIGINT", false),
                new Column("rows", "BIGINT", false),
                new Column("train_texts", "BIGINT", false),
                new Column("test_texts", "BIGINT", false),
                new Column("accuracy", "DOUBLE", false),
                new Column("accuracy_low", "DOUBLE", false),
                new Column("accuracy_high", "DOUBLE", false),
                new Column("baseline", "DOUBLE", false),
                new Column("macro_f1", "DOUBLE", false),
                new Column("answered", "DOUBLE", false),
                new Column("created_at", "TIMESTAMP WITH TIME ZONE", false),
                new Column("created_by", "VARCHAR", false),
                new Column("report", "VARCHAR", false));
    }

    @Override
    public List<List<@Nullable Object>> rows(Caller caller) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (TrainedModels.Listed listed : models.versions(caller)) {
            ModelVersion model = listed.model();
            TrainingReport report = model.report();
            rows.add(Arrays.asList(
                    model.name().catalog(),
                    model.name().schema(),
                    model.name().name(),
                    model.version(),
                    listed.current(),
                    model.labelColumn(),
                    model.sourceSql(),
                    (long) report.labels().size(),
                    report.rows(),
                    (long) report.trainTexts(),
                    (long) report.testTexts(),
                    report.accuracy().value(),
                    report.accuracy().low(),
                    report.accuracy().high(),
                    report.baseline(),
                    report.macroF1().value(),
                    report.abstention().answered(),
                    model.createdAt(),
                    model.createdBy(),
                    ModelStore.json(report)));
        }
        return rows;
    }
}
