package dev.estran.access;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.TableName;
import dev.estran.journal.Journal;
import dev.estran.journal.JournalType;
import java.time.Clock;
import java.util.List;

/** Every decision of the rights check, in a hash-chained log: {@code system.access.audit}. */
public final class AuditLog implements Access.DecisionLog {

    public static final JournalType TYPE = new JournalType(
            "audit",
            new TableName("system", "access", "audit"),
            List.of(
                    new Column("seq", "BIGINT"),
                    new Column("prev", "VARCHAR"),
                    new Column("at", "TIMESTAMP WITH TIME ZONE"),
                    new Column("caller", "VARCHAR"),
                    new Column("action", "VARCHAR"),
                    new Column("object", "VARCHAR"),
                    new Column("decision", "VARCHAR")),
            true);

    private final Journal journal;
    private final Clock clock;

    public AuditLog(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public void decided(Caller caller, Privilege privilege, Securable securable, boolean allowed) {
        // Polling a statement's state or page is part of the statement that was recorded.
        boolean routine = allowed && (securable.kind() == Securable.Kind.PLATFORM || caller.equals(Caller.SYSTEM));
        if (routine) {
            return;
        }
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("at", clock.instant().toString());
        record.put("caller", caller.id());
        record.put("action", privilege.name());
        record.put("object", securable.toString());
        record.put("decision", allowed ? "ALLOW" : "DENY");
        journal.append(TYPE, record);
    }
}
