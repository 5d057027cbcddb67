package dev.estran.sql;

import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A read-only table of {@code system.*} or {@code information_schema} whose rows the process itself knows. */
public interface SystemTable {

    TableName name();

    List<Column> columns();

    /** The rows this caller may see. Bounded by nature: catalog entries, settings, models. */
    List<List<@Nullable Object>> rows(Caller caller);
}
