package dev.estran.platform;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.config.Config;
import dev.estran.config.Settings;
import dev.estran.metastore.DataDirectory;
import dev.estran.metastore.Metastore;
import dev.estran.storage.StorageErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of the tables' files: the data directory's, or one that several share. A metastore that several share
 * remembers its folder, so that none of them writes where the others do not look.
 */
final class WarehouseFolder {

    private static final String SETTING = "lake.warehouse";

    /** No catalog's folder begins with a dot. */
    private static final String MODELS = ".models";

    private WarehouseFolder() {}

    /** @throws EstranException INVALID_CONFIGURATION where the metastore's tables lie in another folder */
    static Path open(Config config, DataDirectory directory, Metastore metastore) {
        Path folder = folder(config, directory);
        try {
            Files.createDirectories(folder);
            folder = folder.toRealPath();
        } catch (IOException e) {
            throw StorageErrors.translate(e, folder);
        }
        if (metastore.shared()) {
            requireSame(metastore, folder.toString());
        }
        return folder;
    }

    /** Where own models lie: beside the tables where these are shared, since every process must find them. */
    static Path models(Config config, DataDirectory directory) {
        return config.get(Settings.LAKE_WAREHOUSE).isEmpty()
                ? directory.models()
                : folder(config, directory).resolve(MODELS);
    }

    private static Path folder(Config config, DataDirectory directory) {
        String given = config.get(Settings.LAKE_WAREHOUSE);
        return given.isEmpty() ? directory.warehouse() : Path.of(given).toAbsolutePath();
    }

    private static void requireSame(Metastore metastore, String folder) {
        String known = metastore.transact(handle -> {
            handle.createUpdate("INSERT INTO settings (setting_key, setting_value) VALUES (:key, :value)"
                            + " ON CONFLICT DO NOTHING")
                    .bind("key", SETTING)
                    .bind("value", folder)
                    .execute();
            return handle.createQuery("SELECT setting_value FROM settings WHERE setting_key = :key")
                    .bind("key", SETTING)
                    .mapTo(String.class)
                    .one();
        });
        if (!known.equals(folder)) {
            throw new EstranException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "The tables of the metastore " + metastore.address() + " lie in " + known
                            + ", this process is set to " + folder
                            + ". Set lake.warehouse to the folder that all see under the same path.");
        }
    }
}
