package dev.estran.sql;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Identifiers;
import dev.estran.TableName;
import dev.estran.access.Access;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import dev.estran.journal.Journal;
import dev.estran.journal.JournalType;
import dev.estran.journal.SegmentSink;
import dev.estran.lake.ColumnDefinition;
import dev.estran.lake.CreateMode;
import dev.estran.lake.Lake;
import dev.estran.lake.ObjectKind;
import dev.estran.lake.StagedFile;
import dev.estran.lake.TableVersion;
import dev.estran.lake.VersionSelector;
import dev.estran.lake.WritePlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The journal's logs as tables: what is committed to Iceberg, and the segments that are not yet. A commit marks the table
 * with the number of its last segment, so a segment is counted once whenever a crash comes. Each data directory numbers
 * its own segments and has a mark of its own; the unflushed segments of others are not seen.
 */
public final class JournalTables implements SegmentSink {

    /** The column that says whose a record is. */
    private static final String CALLER = "caller";

    /** The engine reserves twice this for each thread, so it must fit into {@link #FLUSH_MEMORY} many times. */
    private static final int MAX_RECORD_BYTES = 4 << 20;

    private static final long FLUSH_MEMORY = 256L << 20;
    private static final long FLUSH_TIMEOUT_MILLIS = 120_000;

    private final Journal journal;
    private final Lake lake;
    private final SqlEngine engine;
    private final Access access;
    private final String mark;

    /** @param node id of the data directory that the journal is in */
    public JournalTables(Journal journal, Lake lake, SqlEngine engine, Access access, String node) {
        this.mark = "journal." + node;
        this.access = access;
        this.journal = journal;
        this.lake = lake;
        this.engine = engine;
    }

    boolean has(TableName name) {
        return type(name).isPresent();
    }

    List<TableName> names() {
        return journal.types().stream().map(JournalType::table).toList();
    }

    Optional<List<Column>> columns(TableName name) {
        return type(name).map(JournalType::columns);
    }

    private Optional<JournalType> type(TableName name) {
        return journal.types().stream()
                .filter(type -> type.table().equals(name))
                .findFirst();
    }

    /**
     * What the log holds for this caller: all of it with SELECT on its table, else what is about the caller, where the
     * log says who that is.
     */
    Optional<SystemTables.Scan> find(Caller caller, TableName name) {
        return type(name).map(type -> {
            boolean own =
                    type.columns().stream().anyMatch(column -> column.name().equals(CALLER)) && !type.chained();
            if (own && !access.allows(caller, Privilege.SELECT, Securable.table(name))) {
                access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
                return ownRows(scan(type), caller);
            }
            if (!own) {
                access.require(caller, Privilege.SELECT, Securable.table(name));
            }
            return scan(type);
        });
    }

    /** Materialized, so that no condition of the caller's is asked of others' rows. */
    private static SystemTables.Scan ownRows(SystemTables.Scan all, Caller caller) {
        return new SystemTables.Scan(
                "WITH own AS MATERIALIZED (SELECT * FROM (" + all.query() + ") WHERE " + CALLER + " = "
                        + Identifiers.literal(caller.id()) + ") SELECT * FROM own",
                all.files());
    }

    private SystemTables.Scan scan(JournalType type) {
        Optional<TableVersion> committed = committed(type);
        List<Path> tail = journal
                .segments(type, committed.map(this::lastSegment).orElse(0L))
                .stream()
                .map(Journal.Segment::file)
                .toList();
        List<Path> files = new ArrayList<>(tail);
        List<String> parts = new ArrayList<>();
        committed.filter(version -> !version.files().isEmpty()).ifPresent(version -> {
            files.addAll(version.files());
            parts.add("SELECT " + columnNames(type) + " FROM (" + Binder.scan(version.files(), version, "") + ")");
        });
        if (!tail.isEmpty()) {
            parts.add("SELECT " + columnNames(type) + " FROM " + readJson(tail, type));
        }
        if (parts.isEmpty()) {
            parts.add("SELECT "
                    + type.columns().stream()
                            .map(c -> "CAST(NULL AS " + c.type() + ") AS " + Identifiers.quote(c.name()))
                            .collect(Collectors.joining(", "))
                    + " WHERE false");
        }
        String all = String.join(" UNION ALL ", parts);
        return new SystemTables.Scan(latestOnly(type, all), files);
    }

    /** A statement is recorded when it starts and when it ends; its table shows the last word. */
    private static String latestOnly(JournalType type, String query) {
        return type.name().equals("history")
                ? "SELECT * FROM (" + query + ") QUALIFY row_number() OVER (PARTITION BY statement_id ORDER BY ended_at"
                        + " DESC NULLS LAST) = 1"
                : query;
    }

    private static String columnNames(JournalType type) {
        return type.columns().stream().map(c -> Identifiers.quote(c.name())).collect(Collectors.joining(", "));
    }

    private static String readJson(List<Path> files, JournalType type) {
        String list = files.stream()
                .map(file -> Identifiers.literal(file.toString()))
                .collect(Collectors.joining(", ", "[", "]"));
        String columns = type.columns().stream()
                .map(c -> Identifiers.literal(c.name()) + ": " + Identifiers.literal(c.type()))
                .collect(Collectors.joining(", ", "{", "}"));
        return "read_json(" + list + ", format='newline_delimited', columns=" + columns + ", maximum_object_size="
                + MAX_RECORD_BYTES + ")";
    }

    private Optional<TableVersion> committed(JournalType type) {
        return lake.catalogs()
                        .kind(Caller.SYSTEM, type.table())
                        .filter(kind -> kind == ObjectKind.TABLE)
                        .isPresent()
                ? Optional.of(lake.tables().load(Caller.SYSTEM, type.table(), VersionSelector.LATEST))
                : Optional.empty();
    }

    private long lastSegment(TableVersion version) {
        return Long.parseLong(version.marks().getOrDefault(mark, "0"));
    }

    @Override
    public long lastCommitted(JournalType type) {
        return committed(type).map(this::lastSegment).orElse(0L);
    }

    @Override
    public void commit(JournalType type, List<Path> segments, long lastSegment) {
        String setup = "CREATE VIEW __segments AS SELECT " + columnNames(type) + " FROM " + readJson(segments, type);
        SqlEngine.Binding binding =
                new SqlEngine.Binding(segments, List.of(setup), "UTC", FLUSH_TIMEOUT_MILLIS, FLUSH_MEMORY, Map.of());
        TableVersion table = committed(type).orElseGet(() -> create(type));
        try (EngineInstance instance = engine.open(binding)) {
            StagedFile file = instance.writeParquet("SELECT * FROM __segments", table.fieldIds());
            lake.commits().append(Caller.SYSTEM, table, List.of(file), Map.of(mark, String.valueOf(lastSegment)));
        }
    }

    private TableVersion create(JournalType type) {
        List<ColumnDefinition> columns = type.columns().stream()
                .map(column -> ColumnDefinition.of(column.name(), column.type()))
                .toList();
        lake.catalogs().createSchema(Caller.SYSTEM, type.table().schemaName(), true);
        WritePlan plan = lake.tables().planCreate(Caller.SYSTEM, type.table(), columns, CreateMode.IF_NOT_EXISTS);
        return lake.tables().create(Caller.SYSTEM, plan, Map.of(), List.of());
    }

    /** Commits what has been logged, if there is enough of it; all of it when {@code force} is set. */
    public void flush(boolean force, long atLeastBytes) {
        for (JournalType type : journal.types()) {
            if (!force && journal.pendingBytes(type) < atLeastBytes) {
                continue;
            }
            long last = lastCommitted(type);
            journal.discard(type, last);
            List<Journal.Segment> segments = journal.segments(type, last);
            if (segments.isEmpty()) {
                continue;
            }
            long newest = segments.getLast().number();
            try {
                commit(type, segments.stream().map(Journal.Segment::file).toList(), newest);
            } catch (EstranException e) {
                if (e.code() == ErrorCode.COMMIT_CONFLICT) {
                    continue; // the next round sees what the other one committed
                }
                throw e;
            }
            // The files go at the next round: statements may still be reading them.
        }
    }
}
