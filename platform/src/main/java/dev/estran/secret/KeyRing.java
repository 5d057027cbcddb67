package dev.estran.secret;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The keys that open stored secrets: AES-256-GCM, the first of them encrypts, all of them decrypt. Written as lines of
 * base64, 32 bytes each; lines that begin with # are remarks. Immutable.
 */
final class KeyRing {

    private static final int KEY_BYTES = 32;

    /** More than one only while a rotation is under way. */
    private static final int MOST_KEYS = 2;

    private final List<String> lines;
    private final List<Long> ids;
    private final Aead aead;

    private KeyRing(List<String> lines) throws GeneralSecurityException {
        this.lines = List.copyOf(lines);
        AeadConfig.register();
        KeysetHandle.Builder keyset = KeysetHandle.newBuilder();
        List<Long> found = new ArrayList<>();
        for (String line : lines) {
            byte[] bytes = Base64.getDecoder().decode(line);
            int id = id(bytes);
            KeysetHandle.Builder.Entry entry = KeysetHandle.importKey(key(bytes, id));
            keyset.addEntry(found.isEmpty() ? entry.makePrimary() : entry);
            found.add(Integer.toUnsignedLong(id));
        }
        ids = List.copyOf(found);
        aead = keyset.build().getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    /** From bytes of our own file or the environment, which is why it may look inside a key. */
    @AccessesPartialKey
    private static AesGcmKey key(byte[] bytes, int id) throws GeneralSecurityException {
        AesGcmParameters parameters = AesGcmParameters.builder()
                .setKeySizeBytes(KEY_BYTES)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.TINK)
                .build();
        return AesGcmKey.builder()
                .setParameters(parameters)
                .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
                .setIdRequirement(id)
                .build();
    }

    /**
     * @param source where the text came from, for messages; the text itself is never shown
     * @throws EstranException SECRET_UNREADABLE where the text is no key
     */
    static KeyRing parse(String text, String source) {
        List<String> lines = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        boolean wellFormed = !lines.isEmpty()
                && lines.size() <= MOST_KEYS
                && lines.stream().distinct().count() == lines.size()
                && lines.stream().allMatch(KeyRing::isKey);
        try {
            if (wellFormed) {
                return new KeyRing(lines);
            }
        } catch (GeneralSecurityException e) {
            throw new EstranException(ErrorCode.INTERNAL, "The encryption of secrets cannot be set up.", e);
        }
        throw new EstranException(
                ErrorCode.SECRET_UNREADABLE,
                source + " does not hold the key of the stored secrets: expected is one line of base64, 32 bytes."
                        + " Restore it from your backup.");
    }

    private static boolean isKey(String line) {
        try {
            return Base64.getDecoder().decode(line).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A line with a fresh key. */
    static String freshKey() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Tells keys apart without telling them: the first bytes of the key's digest. */
    private static int id(byte[] key) throws GeneralSecurityException {
        int id = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key))
                .getInt();
        return id == 0 ? 1 : id;
    }

    List<String> lines() {
        return lines;
    }

    /** The id of the key that encrypts. */
    long primary() {
        return ids.getFirst();
    }

    boolean holds(long id) {
        return ids.contains(id);
    }

    /** Whether a rotation began and has not ended. */
    boolean rotating() {
        return ids.size() > 1;
    }

    /** @param name bound to the ciphertext, so that rows cannot be swapped */
    String encrypt(String name, String value) {
        try {
            byte[] bytes = aead.encrypt(value.getBytes(StandardCharsets.UTF_8), name.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(bytes);
        } catch (GeneralSecurityException e) {
            throw new EstranException(ErrorCode.INTERNAL, "A secret could not be encrypted.", e);
        }
    }

    /** @throws EstranException SECRET_UNREADABLE where the row was changed, or belongs to another name or key */
    String decrypt(String name, String ciphertext) {
        try {
            byte[] bytes = aead.decrypt(Base64.getDecoder().decode(ciphertext), name.getBytes(StandardCharsets.UTF_8));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new EstranException(
                    ErrorCode.SECRET_UNREADABLE,
                    "The stored secret " + name + " was changed outside of Estran, or its key is another one."
                            + " Set it again: ./estran secret set " + name,
                    e);
        }
    }
}
