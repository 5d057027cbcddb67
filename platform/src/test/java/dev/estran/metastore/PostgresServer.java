package dev.estran.metastore;

import dev.estran.config.DatabaseUrl;
import dev.estran.metastore.MetastoreAddress.PostgresDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of the test's own: Debian's programs on a temporary directory and a free port of the loopback,
 * syncing as it would in earnest. It sorts by the rules of a language, as most installations do. It ends with the test
 * process, however that ends.
 */
public final class PostgresServer implements AutoCloseable {

    /** Must give its password; everybody else is trusted. */
    static final String SECURED_USER = "secured";

    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");

    /** Why tests are skipped. */
    public static final String MISSING = "PostgreSQL is not installed here (apt-get install postgresql)";

    private static final int ATTEMPTS = 5;

    /** Ends the server by its own number when the pipe from the test process is closed. */
    private static final String WRAPPER = "\"$@\" 2>&1 & pid=$!; cat >/dev/null; kill -QUIT $pid; wait $pid";

    private static @Nullable PostgresServer shared;

    private final Path directory;
    private final Path programs;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();
    private @Nullable Process process;
    private boolean copies;

    private PostgresServer(Path directory, Path programs, int port) {
        this.directory = directory;
        this.programs = programs;
        this.port = port;
    }

    /** The one server of this test process. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            shared = start();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** A server that may be stopped and started. */
    static PostgresServer start() {
        Path programs = programs().orElseThrow(() -> new IllegalStateException(MISSING));
        try {
            PostgresServer server =
                    new PostgresServer(Files.createTempDirectory("estran-postgres"), programs, freePort());
            server.init();
            server.run();
            return server;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("PostgreSQL did not start", e);
        }
    }

    public static boolean installed() {
        return programs().isPresent();
    }

    private static Optional<Path> programs() {
        if (!Files.isDirectory(PROGRAMS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(PROGRAMS)) {
            return versions.filter(version -> Files.isExecutable(version.resolve("bin/initdb")))
                    .max(Comparator.comparingInt(version ->
                            Integer.parseInt(version.getFileName().toString().replaceAll("\\D.*", ""))))
                    .map(version -> version.resolve("bin"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** PostgreSQL refuses to run as root. */
    private List<String> asUser(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void init() throws IOException, InterruptedException {
        if ("root".equals(System.getProperty("user.name"))) {
            Files.setOwner(
                    directory,
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
        }
        List<String> command = asUser(
                "initdb",
                "--pgdata=" + directory.resolve("data"),
                "--username=estran",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--locale-provider=icu",
                "--icu-locale=en-US",
                "--no-sync");
        Process init = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(init.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (init.waitFor() != 0) {
            throw new AssertionError("initdb failed: " + output);
        }
        Files.writeString(directory.resolve("data/pg_hba.conf"), """
                host all %s 127.0.0.1/32 scram-sha-256
                host all all 127.0.0.1/32 trust
                """.formatted(SECURED_USER));
        Files.writeString(directory.resolve("data/postgresql.auto.conf"), """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                shared_buffers = 32MB
                max_connections = 60
                """.formatted(port));
    }

    /** Starts it again after {@link #stop}; returns when it takes connections. */
    void run() throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            List<String> command = new ArrayList<>(List.of("sh", "-c", WRAPPER, "sh"));
            command.addAll(asUser("postgres", "-D", directory.resolve("data").toString()));
            Process started =
                    new ProcessBuilder(command).directory(directory.toFile()).start();
            process = started;
            BufferedReader lines = started.inputReader(StandardCharsets.UTF_8);
            StringBuilder said = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                if (line.contains("ready to accept connections")) {
                    Thread.ofVirtual().start(() -> lines.lines().forEach(more -> {}));
                    return;
                }
            }
            started.waitFor();
            if (attempt == ATTEMPTS) {
                throw new AssertionError("PostgreSQL did not start: " + said);
            }
        }
    }

    /** Ends it at once, as a crash would: what it has not written it must recover. */
    void stop() throws IOException, InterruptedException {
        Process running = process;
        if (running != null) {
            running.getOutputStream().close();
            running.waitFor();
            process = null;
        }
    }

    /** A database that nobody else uses, with the newest schema: a copy, which is quicker than migrating each. */
    public synchronized PostgresDatabase newDatabase() {
        if (!copies) {
            execute("postgres", "CREATE DATABASE original");
            Metastore.open(database("original")).close();
            copies = true;
        }
        return newDatabase("TEMPLATE original");
    }

    PostgresDatabase newDatabase(String options) {
        String name = "estran_" + databases.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name + " " + options);
        return database(name);
    }

    PostgresDatabase database(String name) {
        return new PostgresDatabase(
                DatabaseUrl.parse("jdbc:postgresql://127.0.0.1:" + port + "/" + name),
                "estran",
                "",
                10,
                Duration.ofSeconds(30));
    }

    /** Ends one session that is in the middle of changing the database, if there is one; says whether. */
    public boolean killOneWriter(PostgresDatabase database) {
        String place = database.url().place();
        try (Connection connection = connect("postgres");
                PreparedStatement kill =
                        connection.prepareStatement("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE datname = ? AND backend_xid IS NOT NULL ORDER BY random() LIMIT 1")) {
            kill.setString(1, place.substring(place.indexOf('/') + 1));
            try (ResultSet rows = kill.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            throw new AssertionError("no session could be ended", e);
        }
    }

    /** Runs a statement as the superuser. */
    void execute(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, "estran", "");
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        try {
            stop();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
