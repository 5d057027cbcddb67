package dev.estran.metastore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a client and PostgreSQL, and breaks a connection at the worst moment: during a commit. */
final class CommitCutter implements AutoCloseable {

    enum Cut {
        /** The server never hears of the commit. */
        BEFORE,
        /** The server never hears of it, and does not notice that the client is gone. */
        BEFORE_UNNOTICED,
        /** The server has committed; the client never hears of it. */
        AFTER,
        /** As AFTER, and nobody can connect any more. */
        AFTER_FOR_GOOD
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int serverPort;
    private final AtomicReference<Cut> next = new AtomicReference<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;

    CommitCutter(int serverPort) throws IOException {
        this.serverPort = serverPort;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void cutNext(Cut cut) {
        next.set(cut);
    }

    int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                if (refusing) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                sockets.add(server);
                AtomicReference<Cut> cut = new AtomicReference<>();
                Thread.ofVirtual().start(() -> toServer(client, server, cut));
                Thread.ofVirtual().start(() -> toClient(server, client, cut));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void toServer(Socket client, Socket server, AtomicReference<Cut> cut) {
        try {
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            byte[] buffer = new byte[65_536];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (new String(buffer, 0, n, StandardCharsets.ISO_8859_1).contains("COMMIT")) {
                    Cut now = next.getAndSet(null);
                    if (now != null) {
                        cuts.incrementAndGet();
                        cut.set(now);
                        refusing = now == Cut.AFTER_FOR_GOOD;
                        if (now == Cut.BEFORE || now == Cut.BEFORE_UNNOTICED) {
                            client.close();
                            break;
                        }
                    }
                }
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            // one of the two has gone
        }
        if (cut.get() != Cut.BEFORE_UNNOTICED) {
            close(server);
        }
    }

    private static void toClient(Socket server, Socket client, AtomicReference<Cut> cut) {
        try {
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[65_536];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (cut.get() != null) {
                    break; // the answer to the commit
                }
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            // one of the two has gone
        }
        close(client);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sockets.forEach(CommitCutter::close);
    }
}
