package dev.estran.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Start of the command line and of the server, and what an idle server holds. */
final class StartFigures implements Bench.Group {

    private static final int RUNS = 7;
    private static final int PATIENCE_SECONDS = 120;
    private static final int IDLE_SECONDS = 30;

    private final Launcher launcher;

    StartFigures(Launcher launcher) {
        this.launcher = launcher;
    }

    @Override
    public void measure(Figures figures) throws IOException, InterruptedException {
        launcher.prepare();
        try (WorkDirectory work = WorkDirectory.create()) {
            commandLine(figures, work.path().resolve("cli"));
            Path data = work.path().resolve("server");
            server(figures, data);
            idle(figures, data);
        }
    }

    private void commandLine(Figures figures, Path data) throws IOException, InterruptedException {
        Samples samples = new Samples();
        for (int run = -1; run < RUNS; run++) {
            long started = System.nanoTime();
            try (Child child = launcher.start("sql", "--data", data.toString(), "select 42")) {
                child.finishQuickly(PATIENCE_SECONDS);
                long ended = System.nanoTime();
                child.await("42", 1);
                if (run >= 0) { // the first one makes the data directory
                    samples.add((ended - started) / 1e6);
                }
            }
        }
        figures.note("estran sql \"select 42\": " + samples);
        figures.atMost("cli_start_ms", samples.median(), 1200);
    }

    private void server(Figures figures, Path data) throws IOException, InterruptedException {
        Samples samples = new Samples();
        for (int run = -1; run < RUNS; run++) {
            try (Launcher.Server server = launcher.server(data)) {
                if (run >= 0) {
                    samples.add(server.readyMillis());
                }
            }
        }
        figures.note("estran up until /health/ready says yes: " + samples);
        figures.atMost("server_ready_ms", samples.median(), 2500);
    }

    private void idle(Figures figures, Path data) throws IOException, InterruptedException {
        try (Launcher.Server server = launcher.server(data)) {
            double atStart = server.child().residentMib();
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            double resident = server.child().residentMib();
            figures.note("resident memory of the server: " + Figures.digits(atStart) + " MB when ready, "
                    + Figures.digits(resident) + " MB " + IDLE_SECONDS + " s later");
            figures.atMost("idle_mb", resident, 350);
        }
    }
}
