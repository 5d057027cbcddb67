package dev.estran.cli;

import dev.estran.Column;
import dev.estran.EstranException;
import dev.estran.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement as the command line shows it, whether it runs in this process or in a server.
 *
 * @param ended whether it will not change any more
 * @param fraction done, or -1 where unknown
 * @param asked model calls made; {@code stored} answers came from the store
 */
record StatementView(
        String id,
        boolean ended,
        String stage,
        double fraction,
        List<Column> columns,
        long total,
        boolean truncated,
        @Nullable Long affected,
        @Nullable String message,
        long asked,
        long stored,
        long failed,
        @Nullable Money cost,
        long wallMillis,
        @Nullable EstranException error) {}
