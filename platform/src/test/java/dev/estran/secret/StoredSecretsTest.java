package dev.estran.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.access.Access;
import dev.estran.lake.ChildJvm;
import dev.estran.metastore.Metastore;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets survive what happens to a machine, and are told to nobody. */
class StoredSecretsTest {

    private static final Caller STRANGER = new Caller("stranger", Set.of());

    @TempDir
    private Path root;

    private Metastore metastore;

    @BeforeEach
    void open() {
        metastore = Metastore.open(root.resolve("metastore.db"));
    }

    @AfterEach
    void close() {
        metastore.close();
    }

    private Path key() {
        return root.resolve("secrets.key");
    }

    private StoredSecrets secrets() {
        return secrets(Map.of());
    }

    private StoredSecrets secrets(Map<String, String> environment) {
        StoredSecrets secrets = make(metastore, root, environment);
        secrets.finishRotation();
        return secrets;
    }

    private static StoredSecrets make(Metastore metastore, Path root, Map<String, String> environment) {
        Access access = new Access(metastore, (caller, privilege, securable, allowed) -> {});
        return new StoredSecrets(access, metastore, root.resolve("secrets.key"), environment::get, Clock.systemUTC());
    }

    private static void assertFails(ErrorCode code, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        EstranException.class,
                        e -> assertThat(e.code()).as(e.text()).isEqualTo(code));
    }

    private static void put(StoredSecrets secrets, String name, String value) {
        secrets.put(Caller.OWNER, name, value);
    }

    @Test
    void whatIsStoredCanBeUsedAfterARestartAndIsShownToNobody() throws Exception {
        StoredSecrets secrets = secrets();
        put(secrets, "mistral", " sk-first \n");
        put(secrets, "mistral", "sk-second");
        assertThat(secrets().load("mistral")).isEqualTo("sk-second");
        assertThat(secrets.list(Caller.OWNER)).singleElement().satisfies(entry -> {
            assertThat(entry.name()).isEqualTo("mistral");
            assertThat(entry.toString()).doesNotContain("sk-");
        });
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
                .isEqualTo("rw-------");
        secrets.remove(Caller.OWNER, "mistral");
        assertFails(ErrorCode.SECRET_NOT_FOUND, () -> secrets.load("mistral"));
        assertFails(ErrorCode.SECRET_NOT_FOUND, () -> secrets.remove(Caller.OWNER, "mistral"));
    }

    @Test
    void strangersAreDenied() {
        StoredSecrets secrets = secrets();
        put(secrets, "a", "v");
        assertFails(ErrorCode.DENIED, () -> secrets.put(STRANGER, "a", "w"));
        assertFails(ErrorCode.DENIED, () -> secrets.remove(STRANGER, "a"));
        assertFails(ErrorCode.DENIED, () -> secrets.list(STRANGER));
        assertFails(ErrorCode.DENIED, () -> secrets.rotate(STRANGER));
        assertThat(secrets.load("a")).isEqualTo("v");
    }

    @Test
    void badNamesAndValuesAreRefusedWithoutRepeatingThem() {
        StoredSecrets secrets = secrets();
        for (String name : List.of("", "a b", "../key", "a'; DROP TABLE secrets; --", "é", "a".repeat(64), "1a")) {
            assertFails(ErrorCode.INVALID_ARGUMENT, () -> put(secrets, name, "v"));
        }
        for (String value :
                List.of("", " \n ", "sk-canary\r\nX-Evil: 1", "sk-canary\u0000", "sk-canary".repeat(9_000))) {
            assertThatThrownBy(() -> put(secrets, "a", value))
                    .isInstanceOf(EstranException.class)
                    .hasMessageNotContaining("canary");
        }
        assertThat(secrets.list(Caller.OWNER)).isEmpty();
        assertThat(key()).doesNotExist();
    }

    @Test
    void aRowMovedToAnotherNameOrChangedIsNoSecret() {
        StoredSecrets secrets = secrets();
        put(secrets, "mine", "sk-mine");
        put(secrets, "theirs", "sk-theirs");
        metastore.transact(handle -> handle.execute(
                "UPDATE secrets SET ciphertext = (SELECT ciphertext FROM secrets WHERE secret_name = 'theirs')"
                        + " WHERE secret_name = 'mine'"));
        assertFails(ErrorCode.SECRET_UNREADABLE, () -> secrets.load("mine"));
        assertThat(secrets.load("theirs")).isEqualTo("sk-theirs");
        metastore.transact(handle -> handle.execute("UPDATE secrets SET ciphertext = 'not base64 ?'"));
        assertFails(ErrorCode.SECRET_UNREADABLE, () -> secrets.load("theirs"));
    }

    @Test
    void aLostKeyIsToldPlainlyAndNeverReplacedBehindOnesBack() throws Exception {
        put(secrets(), "a", "sk-a");
        Path away = Files.move(key(), root.resolve("away"));
        StoredSecrets without = secrets();
        assertThatThrownBy(() -> without.load("a"))
                .hasMessageContaining("secrets.key is missing")
                .hasMessageContaining("backup");
        assertFails(ErrorCode.SECRET_UNREADABLE, () -> put(without, "b", "sk-b"));
        assertFails(ErrorCode.SECRET_UNREADABLE, () -> without.rotate(Caller.OWNER));
        assertThat(key()).doesNotExist();
        Files.copy(away, key());
        assertThat(secrets().load("a")).isEqualTo("sk-a");

        // Another key in its place is told apart from a missing one; once nothing needs the old one, it goes on.
        Files.writeString(key(), KeyRing.freshKey());
        StoredSecrets other = secrets();
        assertThatThrownBy(() -> other.load("a")).hasMessageContaining("another key");
        assertFails(ErrorCode.SECRET_UNREADABLE, () -> put(other, "b", "sk-b"));
        other.remove(Caller.OWNER, "a");
        put(other, "b", "sk-b");
        assertThat(secrets().load("b")).isEqualTo("sk-b");
    }

    @Test
    void aKeyFileThatIsNoneOrIsOpenToOthersIsRefused() throws Exception {
        put(secrets(), "a", "sk-a");
        String good = Files.readString(key());
        for (String bad : List.of("", "# nothing\n", "c2hvcnQ=\n", "not base64\n", good + good + good)) {
            Files.writeString(key(), bad);
            assertFails(ErrorCode.SECRET_UNREADABLE, () -> secrets().load("a"));
        }
        Files.writeString(key(), good);
        Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> secrets().load("a")).hasMessageContaining("chmod 600");
    }

    @Test
    void aKeyThatGoesAwayUnderARunningProcessIsWrittenAgainWithTheNextSecret() throws Exception {
        StoredSecrets secrets = secrets();
        put(secrets, "a", "sk-a");
        Files.delete(key());
        put(secrets, "b", "sk-b");
        assertThat(secrets().load("a")).isEqualTo("sk-a");
        assertThat(secrets().load("b")).isEqualTo("sk-b");
    }

    @Test
    void theEnvironmentCanHoldTheKeyAndTheOneBefore() {
        String first = KeyRing.freshKey();
        String second = KeyRing.freshKey();
        StoredSecrets secrets = secrets(Map.of(KeySource.VARIABLE, first));
        put(secrets, "a", "sk-a");
        assertThat(key()).doesNotExist();
        assertFails(ErrorCode.INVALID_ARGUMENT, () -> secrets.rotate(Caller.OWNER));
        assertFails(
                ErrorCode.SECRET_UNREADABLE,
                () -> secrets(Map.of(KeySource.VARIABLE, second)).load("a"));
        Map<String, String> both = Map.of(KeySource.VARIABLE, second, KeySource.OLD_VARIABLE, first);
        assertThat(secrets(both).load("a")).isEqualTo("sk-a");
        assertThat(secrets(Map.of(KeySource.VARIABLE, second)).load("a")).isEqualTo("sk-a");
    }

    @Test
    void afterARotationTheOldKeyOpensNothing() throws Exception {
        StoredSecrets secrets = secrets();
        put(secrets, "a", "sk-a");
        put(secrets, "b", "sk-b");
        String old = Files.readString(key());
        assertThat(secrets.rotate(Caller.OWNER)).isEqualTo(2);
        assertThat(secrets.load("a")).isEqualTo("sk-a");
        assertThat(secrets().load("b")).isEqualTo("sk-b");
        assertThat(Files.readString(key())).isNotEqualTo(old);
        Files.writeString(key(), old);
        assertFails(ErrorCode.SECRET_UNREADABLE, () -> secrets().load("a"));
    }

    /** The two states between a rotation's steps: the file has both keys, the rows are under the old one or the new one. */
    @Test
    void aRotationCutShortIsFinishedAtTheNextStart() throws Exception {
        put(secrets(), "a", "sk-a");
        String old = keyLine();
        String fresh = KeyRing.freshKey();
        Files.writeString(key(), fresh + "\n" + old + "\n");
        assertThat(secrets().load("a")).isEqualTo("sk-a");
        assertThat(keyLine()).isEqualTo(fresh);
        Files.writeString(key(), fresh + "\n" + old + "\n");
        assertThat(secrets().load("a")).isEqualTo("sk-a");
        assertThat(keyLine()).isEqualTo(fresh);
    }

    private String keyLine() throws Exception {
        return String.join(
                ",",
                Files.readAllLines(key()).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList());
    }

    @Test
    void killedWhileRotatingNoSecretIsLost() throws Exception {
        StoredSecrets secrets = secrets();
        for (int i = 0; i < 20; i++) {
            put(secrets, "s" + i, "sk-" + i);
        }
        metastore.close();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 4; round++) {
            Process child = ChildJvm.start(List.of(), RotateForever.class, root.toString());
            try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
                assertThat(lines.readLine()).as("output of the child").startsWith("rotated");
                child.waitFor(random.nextInt(60), TimeUnit.MILLISECONDS);
                child.toHandle().destroyForcibly();
                child.waitFor();
            } finally {
                child.destroyForcibly();
            }
            open();
            StoredSecrets after = secrets();
            for (int i = 0; i < 20; i++) {
                assertThat(after.load("s" + i))
                        .as("seed " + seed + ", round " + round)
                        .isEqualTo("sk-" + i);
            }
            assertThat(keyLine()).as("one key again").doesNotContain(",");
            metastore.close();
        }
        open();
    }

    /** The child: rotates until it is killed. */
    static final class RotateForever {

        private RotateForever() {}

        public static void main(String[] arguments) {
            Path root = Path.of(arguments[0]);
            try (Metastore metastore = Metastore.open(root.resolve("metastore.db"))) {
                StoredSecrets secrets = make(metastore, root, Map.of());
                secrets.finishRotation();
                for (int i = 0; i < 100_000; i++) {
                    System.out.println("rotated " + secrets.rotate(Caller.OWNER));
                    System.out.flush();
                }
            }
        }
    }
}
