package dev.estran.ai;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;

/** The answer store's SQLite file: one connection that reads, one that writes. */
final class AnswerFile implements AutoCloseable {

    private static final HexFormat HEX = HexFormat.of();
    private static final int PER_QUERY = 256;
    /** What a row takes beside its value. */
    private static final int ROW_BYTES = 64;

    private final ReentrantLock readLock = new ReentrantLock();
    private final AnswerStore.Limits limits;
    private final Connection reader;
    private final Connection writer;
    private long entries;
    private long bytes;
    private long clock;

    AnswerFile(Path file, AnswerStore.Limits limits) throws SQLException {
        this.limits = limits;
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // In WAL mode NORMAL may lose the last commits in a power cut, and never damages the file.
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(10_000);
        writer = config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = writer.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS answers(identity BLOB PRIMARY KEY, value TEXT NOT NULL,"
                    + " size INTEGER NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID");
            statement.execute("CREATE INDEX IF NOT EXISTS answers_used ON answers(used)");
            statement.execute("CREATE TABLE IF NOT EXISTS totals(id INTEGER PRIMARY KEY CHECK (id = 1),"
                    + " entries INTEGER NOT NULL, bytes INTEGER NOT NULL, clock INTEGER NOT NULL)");
            statement.execute("INSERT OR IGNORE INTO totals VALUES (1, 0, 0, 0)");
            try (ResultSet row = statement.executeQuery("SELECT entries, bytes, clock FROM totals")) {
                row.next();
                entries = row.getLong(1);
                bytes = row.getLong(2);
                clock = row.getLong(3);
            }
        }
        writer.setAutoCommit(false);
        reader = config.createConnection("jdbc:sqlite:" + file);
    }

    long entries() throws SQLException {
        readLock.lock();
        try (Statement statement = reader.createStatement();
                ResultSet row = statement.executeQuery("SELECT entries FROM totals")) {
            return row.next() ? row.getLong(1) : 0;
        } finally {
            readLock.unlock();
        }
    }

    Map<String, String> find(List<String> identities) throws SQLException {
        Map<String, String> found = new HashMap<>();
        readLock.lock();
        try {
            for (int from = 0; from < identities.size(); from += PER_QUERY) {
                List<String> part = identities.subList(from, Math.min(identities.size(), from + PER_QUERY));
                String marks = "?,".repeat(part.size() - 1) + "?";
                try (PreparedStatement query = reader.prepareStatement(
                        "SELECT identity, value FROM answers WHERE identity IN (" + marks + ")")) {
                    for (int i = 0; i < part.size(); i++) {
                        query.setBytes(i + 1, HEX.parseHex(part.get(i)));
                    }
                    try (ResultSet rows = query.executeQuery()) {
                        while (rows.next()) {
                            found.put(HEX.formatHex(rows.getBytes(1)), rows.getString(2));
                        }
                    }
                }
            }
        } finally {
            readLock.unlock();
        }
        return found;
    }

    /** One transaction: new answers in, look-ups noted, the oldest out. */
    void write(Map<String, String> answers, List<String> touched) throws SQLException {
        try (PreparedStatement touch = writer.prepareStatement("UPDATE answers SET used = ? WHERE identity = ?");
                PreparedStatement delete =
                        writer.prepareStatement("DELETE FROM answers WHERE identity = ? RETURNING size");
                PreparedStatement insert = writer.prepareStatement("INSERT INTO answers VALUES (?, ?, ?, ?)")) {
            for (String identity : touched) {
                touch.setLong(1, ++clock);
                touch.setBytes(2, HEX.parseHex(identity));
                touch.executeUpdate();
            }
            for (Map.Entry<String, String> answer : answers.entrySet()) {
                byte[] identity = HEX.parseHex(answer.getKey());
                forget(delete, identity);
                long size = answer.getValue().length() + (long) ROW_BYTES;
                insert.setBytes(1, identity);
                insert.setString(2, answer.getValue());
                insert.setLong(3, size);
                insert.setLong(4, ++clock);
                insert.executeUpdate();
                entries++;
                bytes += size;
            }
            evict();
            try (PreparedStatement totals =
                    writer.prepareStatement("UPDATE totals SET entries = ?, bytes = ?, clock = ?")) {
                totals.setLong(1, entries);
                totals.setLong(2, bytes);
                totals.setLong(3, clock);
                totals.executeUpdate();
            }
            writer.commit();
        }
    }

    private void forget(PreparedStatement delete, byte[] identity) throws SQLException {
        delete.setBytes(1, identity);
        try (ResultSet gone = delete.executeQuery()) {
            while (gone.next()) {
                entries--;
                bytes -= gone.getLong(1);
            }
        }
    }

    /** Down to nine tenths of each limit, so that it does not happen at every write. */
    private void evict() throws SQLException {
        if (entries <= limits.entries() && bytes <= limits.bytes()) {
            return;
        }
        long keepEntries = limits.entries() * 9 / 10;
        long keepBytes = limits.bytes() * 9 / 10;
        while (entries > keepEntries || bytes > keepBytes) {
            long several = Math.clamp(entries - keepEntries, 16, 1024);
            try (Statement statement = writer.createStatement();
                    ResultSet gone = statement.executeQuery("DELETE FROM answers WHERE identity IN"
                            + " (SELECT identity FROM answers ORDER BY used LIMIT " + several + ") RETURNING size")) {
                boolean any = false;
                while (gone.next()) {
                    any = true;
                    entries--;
                    bytes -= gone.getLong(1);
                }
                if (!any) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        readLock.lock();
        try {
            reader.close();
            writer.close();
        } finally {
            readLock.unlock();
        }
    }
}
