package dev.estran.model.training;

import dev.estran.Column;
import dev.estran.model.training.TrainingReport.Estimate;
import dev.estran.sql.StatementHandler.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reports of models as rows for people. */
final class ReportRows {

    private static final int MOST_CONFUSIONS = 5;

    private ReportRows() {}

    static Result list(List<ModelVersion> models) {
        List<Column> columns = List.of(
                new Column("name", "VARCHAR"),
                new Column("version", "BIGINT"),
                new Column("labels", "BIGINT"),
                new Column("accuracy", "DOUBLE"),
                new Column("macro_f1", "DOUBLE"),
                new Column("answered", "DOUBLE"),
                new Column("created_at", "TIMESTAMP WITH TIME ZONE"),
                new Column("created_by", "VARCHAR"));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ModelVersion model : models) {
            TrainingReport report = model.report();
            rows.add(Arrays.asList(
                    model.name().toString(),
                    model.version(),
                    (long) report.labels().size(),
                    rounded(report.accuracy().value()),
                    rounded(report.macroF1().value()),
                    rounded(report.abstention().answered()),
                    model.createdAt(),
                    model.createdBy()));
        }
        return new Result(columns, rows);
    }

    static Result report(ModelVersion model) {
        TrainingReport report = model.report();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        row(rows, "version", count(model.version()), null, model.name().toString());
        row(rows, "rows", count(report.rows()), null, rowsNote(report));
        row(rows, "test texts", count(report.testTexts()), null, "not learnt from; no text is in two parts");
        estimate(rows, "accuracy", report.accuracy(), "always the most frequent label: " + share(report.baseline()));
        estimate(rows, "macro F1", report.macroF1(), "mean over the labels; interval by bootstrap");
        TrainingReport.Abstention abstention = report.abstention();
        row(rows, "answered", share(abstention.answered()), null, abstentionNote(abstention));
        estimate(rows, "precision of answers", abstention.precision(), "of the test texts that are answered");
        for (TrainingReport.LabelReport label : report.labels()) {
            row(rows, "F1 of " + label.label(), share(label.f1()), null, labelNote(label));
        }
        report.ignoredLabels()
                .forEach((label, texts) -> row(
                        rows,
                        "left out: " + label,
                        count(texts),
                        null,
                        "fewer than " + TrainingRows.LEAST_TEXTS + " different texts"));
        report.confusion().stream()
                .filter(confusion -> !confusion.actual().equals(confusion.predicted()))
                .sorted(Comparator.comparingInt(TrainingReport.Confusion::count).reversed())
                .limit(MOST_CONFUSIONS)
                .forEach(confusion -> row(
                        rows,
                        "taken for " + confusion.predicted(),
                        count(confusion.count()),
                        null,
                        "but is " + confusion.actual()));
        return new Result(
                List.of(
                        new Column("measure", "VARCHAR"),
                        new Column("value", "VARCHAR"),
                        new Column("interval_95", "VARCHAR"),
                        new Column("note", "VARCHAR")),
                rows);
    }

    private static String rowsNote(TrainingReport report) {
        return report.trainTexts() + " texts learnt from, " + report.validationTexts() + " to set the threshold; "
                + report.duplicateRows() + " repeats, " + report.skippedRows() + " without text or label, "
                + report.conflictingTexts() + " texts with several labels";
    }

    private static String abstentionNote(TrainingReport.Abstention abstention) {
        String target = "for a precision of " + share(abstention.precisionTarget());
        return "abstains below a probability of " + share(abstention.threshold()) + ", "
                + (abstention.reached() ? target : target + ", which the validation part did not reach");
    }

    private static String labelNote(TrainingReport.LabelReport label) {
        return "precision " + share(label.precision()) + ", recall " + share(label.recall()) + " on " + label.support()
                + " of " + label.texts() + " texts";
    }

    private static void estimate(List<List<@Nullable Object>> rows, String measure, Estimate estimate, String note) {
        row(rows, measure, share(estimate.value()), share(estimate.low()) + " to " + share(estimate.high()), note);
    }

    private static void row(
            List<List<@Nullable Object>> rows,
            String measure,
            @Nullable String value,
            @Nullable String interval,
            String note) {
        rows.add(Arrays.asList(measure, value, interval, note));
    }

    private static String count(long number) {
        return Long.toString(number);
    }

    private static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
