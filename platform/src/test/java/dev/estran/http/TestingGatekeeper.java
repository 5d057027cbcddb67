package dev.estran.http;

import dev.estran.platform.Platform;
import java.util.Set;

/** A gatekeeper for tests that call routes without a server. */
final class TestingGatekeeper {

    private TestingGatekeeper() {}

    static Gatekeeper of(Platform platform) {
        return new Gatekeeper(
                "t",
                Set.of("localhost"),
                platform.identities().tokens(),
                platform.identities().directory(),
                null);
    }
}
