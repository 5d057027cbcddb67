package dev.estran.secret;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.access.Access;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import dev.estran.metastore.Metastore;
import dev.estran.secret.SecretTable.Sealed;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets by name, encrypted with Tink (AES-256-GCM, the name as associated data). Values go in and are used; no method
 * gives one to a caller. Thread-safe.
 */
public final class StoredSecrets {

    private static final Logger log = LoggerFactory.getLogger(StoredSecrets.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,62}");
    private static final int MOST_CHARACTERS = 16_384;
    private static final int MOST_SECRETS = 10_000;

    private final Access access;
    private final Metastore metastore;
    private final KeySource keys;
    private final Clock clock;
    private final SecretTable table = new SecretTable();

    /** Reading takes a row and the keys it needs together; a rotation changes both. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    private volatile @Nullable KeyRing ring;

    /**
     * @param keyFile made with the first secret, unless the environment holds the key
     * @param environment value of an environment variable, or null
     */
    public StoredSecrets(
            Access access,
            Metastore metastore,
            Path keyFile,
            Function<String, @Nullable String> environment,
            Clock clock) {
        this.access = access;
        this.metastore = metastore;
        this.keys = new KeySource(keyFile, environment);
        this.clock = clock;
    }

    /**
     * Stores a secret, or replaces the one of that name.
     *
     * @throws EstranException INVALID_ARGUMENT, SECRET_UNREADABLE where the key of those there are is lost
     */
    public void put(Caller caller, String name, String given) {
        access.require(caller, Privilege.MANAGE, Securable.secret(name));
        checkName(name);
        String value = checked(given);
        locked(lock.writeLock(), () -> {
            KeyRing ready = ringForWriting();
            Sealed row = new Sealed(name, ready.encrypt(name, value), ready.primary());
            return metastore.transact(handle -> {
                table.put(handle, row, caller.id(), clock.instant());
                return name;
            });
        });
    }

    /** Removes a secret. What uses it fails from then on. @throws EstranException SECRET_NOT_FOUND */
    public void remove(Caller caller, String name) {
        access.require(caller, Privilege.MANAGE, Securable.secret(name));
        if (!metastore.transact(handle -> table.delete(handle, name))) {
            throw notFound(name);
        }
    }

    /** Names and dates, never values. */
    public List<SecretEntry> list(Caller caller) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        return metastore.read(table::list);
    }

    /**
     * Makes a new key and encrypts every secret under it. A crash midway loses nothing: until the end the key file holds
     * both keys, and the next start finishes the work.
     *
     * @return how many secrets there are
     * @throws EstranException INVALID_ARGUMENT where the key comes from the environment
     */
    public int rotate(Caller caller) {
        access.require(caller, Privilege.MANAGE, Securable.PLATFORM);
        if (keys.fromEnvironment()) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The key comes from " + KeySource.VARIABLE
                            + ", which a process cannot change. Start Estran with the"
                            + " new key in " + KeySource.VARIABLE + " and the present one in " + KeySource.OLD_VARIABLE
                            + "; every secret is then encrypted anew.");
        }
        return locked(lock.writeLock(), () -> {
            KeyRing before = ringForWriting();
            ring = keys.write(List.of(KeyRing.freshKey(), before.lines().getFirst()));
            return finish();
        });
    }

    /** Ends a rotation that a crash, or a new key in the environment, left open. Called at start. */
    public void finishRotation() {
        if (metastore.read(table::list).isEmpty() && !keys.fromEnvironment()) {
            return;
        }
        locked(lock.writeLock(), () -> {
            ring = keys.find().orElse(null);
            KeyRing found = ring;
            return found != null && found.rotating() ? finish() : 0;
        });
    }

    /** Under the write lock: every row under the first key, then the first key alone. */
    private int finish() {
        KeyRing both = loaded();
        int count = metastore.transact(handle -> {
            List<Sealed> all = table.all(handle);
            for (Sealed row : all) {
                if (row.keyId() != both.primary()) {
                    String value = both.decrypt(row.name(), row.ciphertext());
                    table.reseal(handle, new Sealed(row.name(), both.encrypt(row.name(), value), both.primary()));
                }
            }
            return all.size();
        });
        if (!keys.fromEnvironment()) {
            ring = keys.write(both.lines().subList(0, 1));
        }
        log.info("{} stored secrets are under a new key", count);
        return count;
    }

    /**
     * The value, for the code that uses it; whoever calls has checked that the caller may.
     *
     * @throws EstranException SECRET_NOT_FOUND, SECRET_UNREADABLE
     */
    public String load(String name) {
        return locked(lock.readLock(), () -> {
            Sealed row = metastore.read(handle -> table.find(handle, name)).orElseThrow(() -> notFound(name));
            KeyRing ready = loaded();
            if (!ready.holds(row.keyId())) {
                throw otherKey(name + " was encrypted under");
            }
            return ready.decrypt(name, row.ciphertext());
        });
    }

    private KeyRing loaded() {
        KeyRing ready = ring;
        if (ready == null) {
            ready = keys.find()
                    .orElseThrow(() -> new EstranException(
                            ErrorCode.SECRET_UNREADABLE,
                            keys.description() + " is missing; without it the stored secrets cannot be read. Restore it"
                                    + " from your backup, or remove the secrets and set them again"
                                    + " (./estran secret list, remove, set)."));
            ring = ready;
        }
        return ready;
    }

    /** Makes the key with the first secret; never beside secrets it does not open. */
    private KeyRing ringForWriting() {
        List<Sealed> there = metastore.read(table::all);
        if (there.size() >= MOST_SECRETS) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT, "There are " + MOST_SECRETS + " secrets already. Remove some first.");
        }
        KeyRing known = ring;
        if (keys.find().isEmpty() && (known != null || there.isEmpty())) {
            // Where the file went away under a running process, the key is still known here: write it again.
            ring = keys.write(known == null ? List.of(KeyRing.freshKey()) : known.lines());
        }
        KeyRing ready = loaded();
        if (there.stream().anyMatch(row -> !ready.holds(row.keyId()))) {
            throw otherKey("Some stored secrets were encrypted under");
        }
        return ready;
    }

    private EstranException otherKey(String what) {
        return new EstranException(
                ErrorCode.SECRET_UNREADABLE,
                what + " another key than the one there is now. " + keys.description()
                        + " must hold the key they were stored with: restore it from your backup, or remove those secrets"
                        + " and set them again.");
    }

    private static EstranException notFound(String name) {
        return new EstranException(
                ErrorCode.SECRET_NOT_FOUND,
                "There is no stored secret " + name + ". Set it: ./estran secret set " + name);
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A secret's name has letters, digits, _ - and dots, begins with a letter, and is at most 63 long.");
        }
    }

    /** Never repeats the value. */
    private static String checked(String given) {
        String value = given.strip();
        if (value.isEmpty() || value.length() > MOST_CHARACTERS) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A secret has 1 to " + MOST_CHARACTERS + " characters; this one has " + value.length() + ".");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The secret has a line break or another control character inside. Copy the key alone.");
        }
        return value;
    }

    private static <T> T locked(java.util.concurrent.locks.Lock held, Supplier<T> work) {
        held.lock();
        try {
            return work.get();
        } finally {
            held.unlock();
        }
    }
}
