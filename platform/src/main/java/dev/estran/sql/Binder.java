package dev.estran.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Identifiers;
import dev.estran.SchemaName;
import dev.estran.TableName;
import dev.estran.lake.ColumnDefinition;
import dev.estran.lake.Lake;
import dev.estran.lake.Protection;
import dev.estran.lake.TableVersion;
import dev.estran.lake.VersionSelector;
import dev.estran.lake.ViewDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns the names of one statement into what its engine instance holds: tables into views over the files of a pinned
 * version, views into their query, system tables into rows. Used once.
 */
final class Binder {

    /** The name under which a DML statement reads the table it changes, with {@code __file} and {@code __pos}. */
    static final String TARGET = "__target";

    private static final int MAX_VIEW_DEPTH = 32;

    private final StatementContext context;
    private final Lake lake;
    private final SystemTables systemTables;
    private final QueryParser parser;
    private final Gate gate;
    private final @Nullable TableVersion target;
    private final Function<String, Caller> owners;

    private final Set<Path> files = new LinkedHashSet<>();
    private final List<String> setup = new ArrayList<>();
    private final Map<String, Filling> fillings = new LinkedHashMap<>();
    private final Map<String, String> privateNames = new HashMap<>();
    private final InlinedViews views = new InlinedViews();
    private final Map<String, String> userNames = new HashMap<>();
    private final List<String> tablesRead = new ArrayList<>();
    private final Map<String, String> pinned = new LinkedHashMap<>();
    private final UserFunctions userFunctions;
    private @Nullable ParameterCheck parameters;
    private boolean ai;
    private boolean fenced;

    Binder(
            StatementContext context,
            Lake lake,
            SystemTables systemTables,
            QueryParser parser,
            Gate gate,
            @Nullable TableVersion target,
            Function<String, Caller> owners) {
        this.owners = owners;
        this.context = context;
        this.lake = lake;
        this.systemTables = systemTables;
        this.parser = parser;
        this.gate = gate;
        this.target = target;
        this.userFunctions = new UserFunctions(lake.functions(), parser, gate);
    }

    /** The query of the statement with private names. */
    ObjectNode bind(String text) {
        return bind(text, context.state().searchPath(), 0, context.caller());
    }

    /** @param reader with whose rights tables are read; session functions are always the caller's */
    private ObjectNode bind(String text, List<SchemaName> searchPath, int depth, Caller reader) {
        ObjectNode parsed = parser.parseQuery(text);
        if (depth == 0) {
            Map<String, TypedValue> values = context.request().parameters();
            if (!values.isEmpty()) {
                parameters = new ParameterCheck(parser, gate, parsed, values);
            }
            parsed = gate.withParameters(parsed, values);
        }
        SessionNames session = names(context.caller(), searchPath);
        GatedQuery gated = gate.check(parsed, session, candidates -> userFunctions.find(reader, candidates));
        ai |= gated.holdsAi();
        Map<TableRef, String> names = new HashMap<>();
        for (TableRef table : gated.tables()) {
            names.put(table, privateName(table, depth, reader));
        }
        ObjectNode bound = gated.bind(names);
        userFunctions.inline(bound, session);
        return views.inline(bound);
    }

    static SessionNames names(Caller caller, List<SchemaName> searchPath) {
        SchemaName current = searchPath.getFirst();
        return new SessionNames(searchPath, caller.id(), caller.groups(), current.catalog(), current.schema());
    }

    private String privateName(TableRef table, int depth, Caller reader) {
        if (target != null && table.name().name().equals(TARGET)) {
            return privateNames.computeIfAbsent(TARGET, key -> bindTarget(target));
        }
        TableName name = resolve(reader, table.candidates());
        VersionSelector version = Versions.selected(table.at(), context.state().timeZone());
        // What one may read through a view, another may not read directly.
        String key = name + "@" + version + " for " + reader.id();
        String known = privateNames.get(key);
        if (known == null) {
            known = bindTable(name, version, depth, reader);
            privateNames.put(key, known);
            userNames.put(known, name.toString());
        }
        return known;
    }

    private String bindTable(TableName name, VersionSelector version, int depth, Caller reader) {
        Optional<SystemTables.Source> system = systemTables.find(context.caller(), name);
        if (system.isPresent()) {
            return bindSystem(name, system.get());
        }
        return switch (lake.catalogs().kind(reader, name).orElse(null)) {
            case TABLE -> {
                TableVersion pinnedVersion = lake.tables().load(reader, name, version);
                tablesRead.add(name + "@" + pinnedVersion.version());
                pinned.put(name.toString(), String.valueOf(pinnedVersion.version()));
                yield bindVersion(pinnedVersion, "__t" + privateNames.size(), false);
            }
            case VIEW -> bindView(name, version, depth, reader);
            case MODEL ->
                throw new EstranException(
                                ErrorCode.TABLE_NOT_FOUND,
                                name + " is a model, not a table. Use it in ai_classify(text, labels, model => '" + name
                                        + "').")
                        .with("key", "model")
                        .with("name", name);
            case null -> throw notFound(reader, name);
        };
    }

    private String bindTarget(TableVersion version) {
        tablesRead.add(version.name() + "@" + version.version());
        pinned.put(version.name().toString(), String.valueOf(version.version()));
        String name = bindVersion(version, "__target", true);
        userNames.put(name, version.name().toString());
        return name;
    }

    private String bindVersion(TableVersion version, String privateName, boolean withPositions) {
        Protection protection = lake.protections().of(version);
        fenced |= !protection.isNone();
        String positions = withPositions ? ", filename AS __file, file_row_number AS __pos" : "";
        if (version.files().isEmpty()) {
            String none = withPositions ? ", NULL::VARCHAR AS __file, NULL::BIGINT AS __pos" : "";
            String columns = version.columns().stream()
                    .map(c -> "CAST(NULL AS " + c.type() + ") AS " + Identifiers.quote(c.name()))
                    .collect(Collectors.joining(", "));
            setup.add("CREATE VIEW " + privateName + " AS SELECT " + columns + none + " WHERE false");
            return privateName;
        }
        files.addAll(version.files());
        String scan = scan(version.files(), version, positions);
        if (!protection.isNone()) {
            SessionNames names = names(context.caller(), List.of(Session.DEFAULT_SCHEMA));
            List<String> more = withPositions ? List.of("__file", "__pos") : List.of();
            scan = new Fence(userFunctions, lake.functions(), parser).around(scan, version, protection, names, more);
        }
        setup.add("CREATE VIEW " + privateName + " AS " + scan);
        return privateName;
    }

    /**
     * A query of some of a version's files.
     *
     * @param more more of the select list, with the engine's own columns of a file; begins with a comma
     */
    static String scan(List<Path> files, TableVersion version, String more) {
        String list = files.stream()
                .map(file -> Identifiers.literal(file.toString()))
                .collect(Collectors.joining(", ", "[", "]"));
        if (!version.readableByName()) {
            return "SELECT *" + more + " FROM read_parquet(" + list + ", schema=" + version.readSchema() + ")";
        }
        // The casts cost nothing where a file has the type already, as those written here do.
        String columns = version.columns().stream()
                .map(c -> "CAST(" + Identifiers.quote(c.name()) + " AS " + c.type() + ") AS "
                        + Identifiers.quote(c.name()))
                .collect(Collectors.joining(", "));
        return "SELECT " + columns + more + " FROM read_parquet(" + list + ", hive_partitioning=false)";
    }

    private String bindSystem(TableName name, SystemTables.Source source) {
        String privateName = "__s" + privateNames.size();
        tablesRead.add(name.toString());
        switch (source) {
            case SystemTables.Rows rows -> {
                setup.add("CREATE TABLE " + privateName + "(" + columnList(rows.columns()) + ")");
                fillings.put(privateName, new Filling(rows));
            }
            case SystemTables.Scan scan -> {
                files.addAll(scan.files());
                setup.add("CREATE VIEW " + privateName + " AS " + scan.query());
            }
        }
        return privateName;
    }

    private static String columnList(List<Column> columns) {
        return columns.stream()
                .map(column -> Identifiers.quote(column.name()) + " " + column.type())
                .collect(Collectors.joining(", "));
    }

    private String bindView(TableName name, VersionSelector version, int depth, Caller reader) {
        if (!(version instanceof VersionSelector.Latest)) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    name + " is a view and has no versions; use AT on the tables it reads.");
        }
        if (depth >= MAX_VIEW_DEPTH) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Views are nested more than " + MAX_VIEW_DEPTH + " deep at " + name + ".");
        }
        ViewDefinition view = lake.views().load(reader, name);
        Caller inside = view.security() == ViewDefinition.Security.INVOKER
                ? reader
                : owners.apply(lake.views().owner(name));
        String privateName = "__v" + privateNames.size();
        privateNames.put("view " + name + " for " + reader.id(), privateName); // takes the number
        tablesRead.add(name.toString());
        ObjectNode query = bind(view.sql(), view.searchPath(), depth + 1, inside);
        views.put(privateName, query, view.columns().stream().map(Column::name).toList());
        return privateName;
    }

    /** The first candidate that exists; system schemas read the same from every catalog. */
    private TableName resolve(Caller reader, List<TableName> candidates) {
        for (TableName candidate : candidates) {
            if (exists(reader, candidate)) {
                return candidate;
            }
            TableName system = new TableName("system", candidate.schema(), candidate.name());
            if (systemTables.has(system)) {
                return system;
            }
        }
        return candidates.getFirst();
    }

    private boolean exists(Caller reader, TableName name) {
        return systemTables.has(name) || lake.catalogs().kind(reader, name).isPresent();
    }

    private EstranException notFound(Caller reader, TableName name) {
        Optional<String> suggested = Suggestions.tables(lake, reader, name);
        return new EstranException(
                        ErrorCode.TABLE_NOT_FOUND,
                        "There is no table or view " + name + "." + Suggestions.hint(suggested)
                                + " SHOW TABLES lists what there is; files are loaded with ./estran load FILE --into TABLE.")
                .with("name", name)
                .with("suggestions", suggested.map(List::of).orElse(null));
    }

    /** Whether a table with a row filter or masks is read. */
    boolean fenced() {
        return fenced;
    }

    boolean usesAi() {
        return ai;
    }

    List<String> tablesRead() {
        return List.copyOf(tablesRead);
    }

    Map<String, String> pinned() {
        return Map.copyOf(pinned);
    }

    /** What the instance is opened with. */
    SqlEngine.Binding binding(long memoryBytes) {
        return new SqlEngine.Binding(
                List.copyOf(files),
                setup,
                context.state().timeZone(),
                context.timeoutMillis(),
                memoryBytes,
                userNames,
                fenced);
    }

    /** Puts the rows of system tables into the instance, once the parameters are known to be of their types. */
    void fill(EngineInstance instance) {
        if (parameters != null) {
            parameters.run(instance);
        }
        fillings.forEach((table, filling) -> {
            try (EngineInstance.RowWriter writer = instance.writer(table)) {
                filling.rows().rows().forEach(writer::row);
            }
        });
    }

    private record Filling(SystemTables.Rows rows) {}

    /** Columns of a table version as result columns. */
    static List<Column> columns(List<ColumnDefinition> definitions) {
        return definitions.stream()
                .map(c -> new Column(c.name(), c.type(), c.nullable()))
                .toList();
    }
}
