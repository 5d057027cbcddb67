package dev.estran.load;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV file is laid out.
 *
 * @param headerRow record that names the columns, from 1; 0 where none does
 */
record CsvDialect(char delimiter, int headerRow) {

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int SNIFF_RECORDS = 200;
    private static final int SNIFF_CHARS = 1 << 20;
    private static final Pattern DATA = Pattern.compile(
            "[-+]?[0-9][0-9 .,\u00a0\u202f]*(?:[eE][-+]?[0-9]+)?%?|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}.*|(?i:true|false)");

    boolean header() {
        return headerRow > 0;
    }

    /** @param said by the caller; what it leaves open is found out */
    static CsvDialect detect(Reader reader, FileLayout said) throws IOException {
        char[] buffer = new char[SNIFF_CHARS];
        int length = 0;
        for (int n; length < buffer.length && (n = reader.read(buffer, length, buffer.length - length)) > 0; ) {
            length += n;
        }
        boolean whole = length < buffer.length;
        String text = new String(buffer, 0, length);
        char best = ',';
        double bestScore = 0;
        List<CsvRecords.Row> bestRows = List.of();
        for (char delimiter : said.delimiter() == null ? DELIMITERS : new char[] {said.delimiter()}) {
            List<CsvRecords.Row> rows = sniff(text, delimiter, whole);
            double score = score(rows);
            if (score > bestScore || bestRows.isEmpty()) {
                best = delimiter;
                bestScore = score;
                bestRows = rows;
            }
        }
        return new CsvDialect(best, said.header() == null ? header(bestRows) ? 1 : 0 : said.header());
    }

    private static List<CsvRecords.Row> sniff(String text, char delimiter, boolean whole) throws IOException {
        List<CsvRecords.Row> rows = new ArrayList<>();
        try (CsvRecords records = new CsvRecords(new StringReader(text), delimiter)) {
            for (CsvRecords.Row row; rows.size() < SNIFF_RECORDS && (row = records.next()) != null; ) {
                rows.add(row);
            }
            if (!whole && rows.size() < SNIFF_RECORDS && rows.size() > 1) {
                rows.removeLast();
            }
        }
        return rows;
    }

    /** Share of the records that have as many fields as most have, weighted by that number; 0 for a single column. */
    private static double score(List<CsvRecords.Row> rows) {
        int[] sizes = rows.stream()
                .filter(row -> row.problem() == null)
                .mapToInt(row -> row.fields().size())
                .sorted()
                .toArray();
        if (sizes.length == 0) {
            return 0;
        }
        int common = sizes[sizes.length / 2];
        long same =
                java.util.Arrays.stream(sizes).filter(size -> size == common).count();
        double share = (double) same / rows.size();
        return common < 2 ? 0 : share * share * (1 + Math.log(common) / 10);
    }

    private static boolean header(List<CsvRecords.Row> rows) {
        if (rows.isEmpty()) {
            return false;
        }
        List<@Nullable String> first = rows.getFirst().fields();
        long named =
                first.stream().filter(cell -> cell != null && !cell.isBlank()).count();
        long data = first.stream()
                .filter(cell -> cell != null && DATA.matcher(cell.strip()).matches())
                .count();
        return named > 0 && (data == 0 || data * 2 < named);
    }
}
