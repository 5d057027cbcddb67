package dev.estran.load;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.EngineInstance;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A CSV file. */
final class CsvSource implements Source {

    private static final int SAMPLE_ROWS = 20_000;
    private static final int SAMPLE_CELLS = 1_000_000;

    private final Path file;
    private final FileLayout said;
    private final String name;
    private final Target target;
    private final EngineInstance instance;
    private final Rejects rejects;
    private final Runnable check;
    private final List<String> notes = new ArrayList<>();
    private @Nullable Layout layout;
    private List<ColumnReading> readings = List.of();
    private boolean direct;

    CsvSource(LoadRequest request, Target target, EngineInstance instance, Rejects rejects, Runnable check) {
        this.file = request.file();
        this.said = request.layout();
        this.name = request.name();
        this.target = target;
        this.instance = instance;
        this.rejects = rejects;
        this.check = check;
    }

    private record Layout(CsvDialect dialect, Charset encoding, ColumnNames names, int columns) {}

    @Override
    public View sample() {
        try {
            TextEncoding encoding = encoding(false);
            CsvDialect dialect;
            try (var reader = encoding.open(file)) {
                dialect = CsvDialect.detect(reader, said);
            }
            direct = encoding.utf8() && encoding.clean() && dialect.header() && plainPath();
            List<CsvRecords.Row> rows = new ArrayList<>();
            CsvRecords.Row header = null;
            try (CsvRecords records = new CsvRecords(encoding.open(file), dialect.delimiter())) {
                header = header(records, dialect);
                long cells = 0;
                for (CsvRecords.Row row;
                        rows.size() < SAMPLE_ROWS && cells < SAMPLE_CELLS && (row = records.next()) != null; ) {
                    rows.add(row);
                    cells += 1 + row.fields().size() + row.text().length() / 100;
                }
            }
            Layout found = layout(dialect, encoding.charset(), header, rows);
            layout = found;
            direct &= found.columns() > 1
                    && header != null
                    && header.line() == 1
                    && header.text().indexOf('\n') < 0
                    && rows.stream().allMatch(row -> fit(row, found.columns()) != null);
            return profiled(rows, found);
        } catch (IOException e) {
            throw FileFormat.notReadable(name, e);
        }
    }

    private TextEncoding encoding(boolean everyByte) throws IOException {
        if (said.encoding() != null) {
            return TextEncoding.given(said.encoding(), file);
        }
        return everyByte ? TextEncoding.ofFile(file) : TextEncoding.ofSample(file);
    }

    /** Reads up to the record that names the columns; what stands above it is not part of the table. */
    private static CsvRecords.@Nullable Row header(CsvRecords records, CsvDialect dialect) throws IOException {
        CsvRecords.Row row = null;
        for (int i = 0; i < dialect.headerRow(); i++) {
            row = records.next();
        }
        return row;
    }

    private boolean plainPath() {
        return file.toString().chars().noneMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
    }

    private Layout layout(
            CsvDialect dialect, Charset encoding, CsvRecords.@Nullable Row header, List<CsvRecords.Row> rows) {
        if (header == null && rows.isEmpty()) {
            throw new EstranException(
                    ErrorCode.FILE_NOT_READABLE,
                    name + " has no rows, only blank lines. Check how it was written.",
                    Map.of("file", name, "reason", "no_rows"),
                    null);
        }
        if (header == null) {
            int columns = commonSize(rows);
            notes.add("no header line was found, so the columns are numbered");
            return new Layout(dialect, encoding, ColumnNames.numbered(columns), columns);
        }
        if (header.problem() != null) {
            throw new EstranException(
                    ErrorCode.FILE_NOT_READABLE,
                    "Line " + header.line() + " of " + name + " should name the columns, but " + header.problem()
                            + ". Correct it and load the file again.");
        }
        List<@Nullable String> cells = header.fields();
        int columns = cells.size();
        if (columns > 1
                && cells.getLast() == null
                && rows.stream().allMatch(row -> fit(row, cells.size() - 1) != null)) {
            columns--;
        }
        return new Layout(dialect, encoding, ColumnNames.of(cells.subList(0, columns)), columns);
    }

    private static int commonSize(List<CsvRecords.Row> rows) {
        Map<Integer, Integer> sizes = new TreeMap<>();
        rows.forEach(row -> sizes.merge(row.fields().size(), 1, Integer::sum));
        return sizes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    /** The fields of a readable record; one empty field too many, after a delimiter at the end, is let pass. */
    private static @Nullable List<@Nullable String> fit(CsvRecords.Row row, int columns) {
        List<@Nullable String> fields = row.fields();
        if (row.problem() != null) {
            return null;
        }
        if (fields.size() == columns) {
            return fields;
        }
        return fields.size() == columns + 1 && fields.getLast() == null ? fields.subList(0, columns) : null;
    }

    private View profiled(List<CsvRecords.Row> rows, Layout found) {
        PrivateText text = new PrivateText(instance.directory().resolve("sample.csv"), found.columns(), false);
        List<ColumnProfile> profiles = profiles(found);
        try (text) {
            for (CsvRecords.Row row : rows) {
                List<@Nullable String> fields = fit(row, found.columns());
                if (fields != null) {
                    text.add(row.line(), "", fields);
                    ColumnProfile.add(profiles, fields);
                }
            }
        }
        readings = ColumnProfile.readings(profiles, found.names().names());
        return new View(text.from(), readings);
    }

    private List<ColumnProfile> profiles(Layout found) {
        return ColumnProfile.of(found.names().names(), target, found.dialect().delimiter() != ',');
    }

    @Override
    public @Nullable View direct() {
        Layout found = layout;
        if (!direct || found == null) {
            return null;
        }
        return new View(PrivateText.csv(file, found.dialect().delimiter(), found.columns()), readings);
    }

    @Override
    public View whole() {
        Layout found = java.util.Objects.requireNonNull(layout);
        rejects.reset();
        boolean withText = readings.stream().anyMatch(Reading::fixed);
        PrivateText text = new PrivateText(instance.directory().resolve("whole.csv"), found.columns(), withText);
        List<ColumnProfile> profiles = profiles(found);
        try (text) {
            TextEncoding encoding = encoding(true);
            if (!encoding.utf8()) {
                notes.add("the text is " + encoding.charset().name() + " and was converted to UTF-8");
            }
            try (CsvRecords records =
                    new CsvRecords(encoding.open(file), found.dialect().delimiter())) {
                header(records, found.dialect());
                long count = 0;
                for (CsvRecords.Row row; (row = records.next()) != null; ) {
                    if ((++count & 0x3FF) == 0) {
                        check.run();
                    }
                    add(row, found, encoding, text, profiles);
                }
            }
        } catch (IOException e) {
            throw FileFormat.notReadable(name, e);
        }
        readings = ColumnProfile.readings(profiles, found.names().names());
        return new View(text.from(), readings);
    }

    private void add(
            CsvRecords.Row row, Layout found, TextEncoding encoding, PrivateText text, List<ColumnProfile> profiles) {
        List<@Nullable String> fields = fit(row, found.columns());
        if (row.problem() != null) {
            rejects.add(row.line(), null, row.problem(), row.text());
        } else if (fields == null) {
            rejects.add(
                    row.line(),
                    null,
                    "has " + row.fields().size() + " fields where " + found.columns() + " are expected",
                    row.text());
        } else if (!encoding.clean() && row.text().indexOf('\ufffd') >= 0) {
            rejects.add(row.line(), null, "has bytes that are not UTF-8", row.text());
        } else {
            text.add(row.line(), row.text(), fields);
            ColumnProfile.add(profiles, fields);
        }
    }

    @Override
    public FileLayout layout() {
        Layout found = java.util.Objects.requireNonNull(layout);
        return new FileLayout(
                found.dialect().headerRow(), found.dialect().delimiter(), found.encoding(), null, List.of());
    }

    @Override
    public List<String> notes() {
        List<String> all =
                new ArrayList<>(layout == null ? List.of() : layout.names().changes());
        all.addAll(notes);
        return all;
    }
}
