package dev.estran.load;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.EngineInstance;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.poi.ooxml.POIXMLException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JRuntimeException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.util.RecordFormatException;
import org.apache.poi.util.XMLHelper;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/** One sheet of an xlsx workbook, read as a stream of events. Formulas give the value stored with them. */
final class XlsxSource implements Source {

    /** A part of the archive that unpacks to more than this is refused: what it holds is not a table. */
    private static final long MAX_PART_BYTES = 4L << 30;

    private static final long MAX_STRINGS_BYTES = 512L << 20;

    static {
        ZipSecureFile.setMaxEntrySize(MAX_PART_BYTES - 1);
        ZipSecureFile.setMinInflateRatio(0.005);
    }

    private final LoadRequest request;
    private final Target target;
    private final EngineInstance instance;
    private final Rejects rejects;
    private final Runnable check;
    private final List<String> notes = new ArrayList<>();
    private @Nullable View view;
    private FileLayout layout = FileLayout.UNKNOWN;

    XlsxSource(LoadRequest request, Target target, EngineInstance instance, Rejects rejects, Runnable check) {
        this.request = request;
        this.target = target;
        this.instance = instance;
        this.rejects = rejects;
        this.check = check;
    }

    @Override
    public View sample() {
        try (ZipFile whole = new ZipFile(request.file().toFile());
                OPCPackage archive = OPCPackage.open(request.file().toFile(), PackageAccess.READ)) {
            // Asked first, for of an archive that is cut short POI makes what it can.
            if (whole.getEntry("[Content_Types].xml") == null) {
                throw new IOException("no workbook");
            }
            View found = read(archive);
            view = found;
            return found;
        } catch (IOException
                | OpenXML4JException
                | OpenXML4JRuntimeException
                | POIXMLException
                | RecordFormatException
                | IllegalArgumentException
                | SAXException
                | ParserConfigurationException e) {
            throw new EstranException(
                    ErrorCode.FILE_NOT_READABLE,
                    request.name() + " cannot be read as an xlsx workbook; it may be cut, protected by a password, or a"
                            + " different kind of archive. Nothing was loaded. Open it in a spreadsheet program and save"
                            + " it again, or export the sheet as CSV.",
                    Map.of("file", request.name(), "reason", "damaged"),
                    e);
        }
    }

    private View read(OPCPackage archive)
            throws IOException, OpenXML4JException, SAXException, ParserConfigurationException {
        archive.getParts().stream()
                .filter(part -> part.getPartName().getName().endsWith("sharedStrings.xml"))
                .filter(part -> part.getSize() > MAX_STRINGS_BYTES)
                .findFirst()
                .ifPresent(part -> {
                    throw new EstranException(
                            ErrorCode.FILE_NOT_READABLE,
                            request.name() + " has more than " + (MAX_STRINGS_BYTES >> 20)
                                    + " MB of text. Export the sheet as CSV and load that.");
                });
        XSSFReader workbook = new XSSFReader(archive);
        ReadOnlySharedStringsTable strings = new ReadOnlySharedStringsTable(archive);
        SheetRows rows = new SheetRows(
                strings,
                workbook.getStylesTable(),
                SheetRows.dates1904(workbook),
                check,
                request.layout().header(),
                this::begin,
                this::row);
        try (InputStream sheet = sheet(workbook)) {
            XMLReader parser = XMLHelper.newXMLReader();
            parser.setContentHandler(rows);
            parser.parse(new InputSource(sheet));
        }
        rows.finish();
        layout = new FileLayout((int) rows.headerLine(), null, null, layout.sheet(), layout.sheets());
        return view(rows);
    }

    private InputStream sheet(XSSFReader workbook) throws IOException, OpenXML4JException {
        String wanted = request.layout().sheet();
        List<String> names = new ArrayList<>();
        InputStream chosen = null;
        String read = "";
        if (!(workbook.getSheetsData() instanceof XSSFReader.SheetIterator sheets)) {
            throw new OpenXML4JException("no sheets");
        }
        while (sheets.hasNext()) {
            InputStream sheet = sheets.next();
            names.add(sheets.getSheetName());
            if (chosen == null && (wanted == null || wanted.equalsIgnoreCase(sheets.getSheetName()))) {
                chosen = sheet;
                read = sheets.getSheetName();
            } else {
                sheet.close();
            }
        }
        if (chosen != null) {
            if (wanted == null && names.size() > 1) {
                notes.add("the first sheet, '" + read + "', was read; --sheet takes another");
            }
            layout = new FileLayout(null, null, null, read, List.copyOf(names));
            return chosen;
        }
        throw new EstranException(
                ErrorCode.FILE_NOT_READABLE,
                request.name() + " has no sheet " + (wanted == null ? "" : "'" + wanted + "'") + ". It has "
                        + String.join(", ", names) + ".",
                Map.of(
                        "file",
                        request.name(),
                        "reason",
                        "no_sheet",
                        "sheet",
                        wanted == null ? "" : wanted,
                        "sheets",
                        names.subList(0, Math.min(100, names.size()))),
                null);
    }

    private @Nullable PrivateText text;
    private List<String> names = List.of();
    private List<ColumnProfile> profiles = List.of();

    private void begin(List<@Nullable String> header, boolean named) {
        ColumnNames cleaned = named ? ColumnNames.of(header) : ColumnNames.numbered(header.size());
        notes.addAll(named ? cleaned.changes() : List.of("no header row was found, so the columns are numbered"));
        names = cleaned.names();
        profiles = ColumnProfile.of(names, target, false);
        text = new PrivateText(instance.directory().resolve("sheet.csv"), names.size(), true);
    }

    private void row(long line, List<@Nullable String> cells) {
        PrivateText out = java.util.Objects.requireNonNull(text);
        if (cells.size() > names.size()
                && cells.subList(names.size(), cells.size()).stream().anyMatch(c -> c != null)) {
            rejects.add(
                    line,
                    null,
                    "has cells beyond the " + names.size() + " columns of the header",
                    PrivateText.line(cells));
            return;
        }
        out.add(line, PrivateText.line(cells), cells);
        ColumnProfile.add(profiles, cells);
    }

    private View view(SheetRows rows) {
        PrivateText out = text;
        if (out == null || (rows.count() == 0 && names.isEmpty())) {
            throw new EstranException(
                    ErrorCode.FILE_NOT_READABLE,
                    "The sheet " + layout.sheet() + " of " + request.name() + " is empty.",
                    Map.of(
                            "file", request.name(),
                            "reason", "empty_sheet",
                            "sheet", String.valueOf(layout.sheet()),
                            "sheets", layout.sheets()),
                    null);
        }
        out.close();
        return new View(out.from(), ColumnProfile.readings(profiles, names));
    }

    @Override
    public @Nullable View direct() {
        return null;
    }

    @Override
    public View whole() {
        return java.util.Objects.requireNonNull(view);
    }

    @Override
    public FileLayout layout() {
        return layout;
    }

    @Override
    public List<String> notes() {
        return notes;
    }
}
