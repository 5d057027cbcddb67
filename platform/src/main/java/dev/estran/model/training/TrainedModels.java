package dev.estran.model.training;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.access.Access;
import dev.estran.access.NotFound;
import dev.estran.access.Privilege;
import dev.estran.access.Securable;
import dev.estran.access.Visibility;
import dev.estran.metastore.Metastore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models trained on the users' rows: names in the metastore, files in one directory per version. Files are written before
 * the row that names them, and removed after it; what a crash leaves between is removed at the next start. Thread-safe.
 */
public final class TrainedModels {

    private static final Logger log = LoggerFactory.getLogger(TrainedModels.class);

    /** Loaded models kept; each takes up to some tens of megabytes. */
    private static final int MOST_LOADED = 8;

    private static final Set<String> RESERVED_CATALOGS = Set.of("system", "main", "temp");

    private final Access access;
    private final Metastore metastore;
    private final Path root;
    private final Clock clock;
    private final ModelStore store = new ModelStore();
    private final Map<String, TrainedClassifier> loaded = new LinkedHashMap<>(16, 0.75f, true);

    /** @param root directory of all models' files, owned by this process */
    public TrainedModels(Access access, Metastore metastore, Path root, Clock clock) {
        this.access = access;
        this.metastore = metastore;
        this.root = root;
        this.clock = clock;
    }

    /**
     * Trains a model and stores it as version 1, or with {@code orReplace} as the next version of the one there is.
     *
     * @param labelColumn name of the column predicted, for the record
     * @param sourceSql the query the rows came from, for the record
     * @throws EstranException ALREADY_EXISTS, SCHEMA_NOT_FOUND, RESERVED_NAME, TRAINING_DATA_INSUFFICIENT, STORAGE_FAILED
     */
    public ModelVersion create(
            Caller caller,
            TableName name,
            LabelledRows rows,
            TrainingOptions options,
            boolean orReplace,
            String labelColumn,
            String sourceSql,
            TrainingProgress progress) {
        access.require(caller, Privilege.CREATE_MODEL, Securable.schema(name.schemaName()));
        if (orReplace && metastore.read(handle -> store.named(handle, name)).isPresent()) {
            access.require(caller, Privilege.MANAGE, Securable.model(name));
        }
        if (RESERVED_CATALOGS.contains(name.catalog())) {
            throw new EstranException(
                    ErrorCode.RESERVED_NAME,
                    "The catalog " + name.catalog() + " is Estran's own. Make the model in another, for example lake.");
        }
        // Before the long part, so that a taken name costs nothing; checked again with the write.
        metastore.read(handle -> checkFree(handle, name, orReplace));
        TrainedModel model = new TextClassifierTrainer(progress).train(rows, options);
        String directory = UUID.randomUUID().toString();
        model.store(root.resolve(directory));
        ModelStore.Definition definition = new ModelStore.Definition(directory, labelColumn, sourceSql, model.report());
        try {
            return metastore.transact(handle -> insert(handle, caller, name, definition, orReplace));
        } catch (RuntimeException e) {
            if (!(e instanceof EstranException known && known.code() == ErrorCode.COMMIT_UNKNOWN)) {
                ModelDirectory.delete(root.resolve(directory));
            }
            throw e;
        }
    }

    private ModelVersion insert(
            Handle handle, Caller caller, TableName name, ModelStore.Definition definition, boolean orReplace) {
        Optional<ModelStore.Named> existing = checkFree(handle, name, orReplace);
        String id = existing.map(ModelStore.Named::id)
                .orElseGet(() -> UUID.randomUUID().toString());
        if (existing.isEmpty()) {
            store.insertModel(handle, id, name, caller.id(), clock.instant());
        }
        long version = store.insertVersion(handle, id, definition, caller.id(), clock.instant());
        return store.find(handle, name, version).orElseThrow();
    }

    private Optional<ModelStore.Named> checkFree(Handle handle, TableName name, boolean orReplace) {
        if (!store.schemaExists(handle, name)) {
            throw NotFound.of(Securable.schema(name.schemaName()));
        }
        Optional<ModelStore.Named> existing = store.named(handle, name);
        if (existing.isPresent() && !(orReplace && existing.get().isModel())) {
            throw new EstranException(
                    ErrorCode.ALREADY_EXISTS,
                    existing.get().isModel()
                            ? "The model " + name.sql() + " exists already. CREATE OR REPLACE MODEL adds a version."
                            : name.sql() + " is a " + existing.get().kind().toLowerCase(Locale.ROOT)
                                    + " already. Take another name.");
        }
        return existing;
    }

    /** The current version. @throws EstranException MODEL_NOT_FOUND */
    public ModelVersion describe(Caller caller, TableName name) {
        access.require(caller, Privilege.EXECUTE, Securable.model(name));
        return version(name, 0);
    }

    /** The current version, ready to answer. @throws EstranException MODEL_NOT_FOUND, MODEL_DAMAGED */
    public TrainedClassifier load(Caller caller, TableName name) {
        return load(caller, name, 0);
    }

    /**
     * A version, ready to answer. Statements should pin the version first ({@link #describe}).
     *
     * @param version 1, 2, ...; 0 for the current one
     */
    public TrainedClassifier load(Caller caller, TableName name, long version) {
        access.require(caller, Privilege.EXECUTE, Securable.model(name));
        return loaded(version(name, version).directory());
    }

    private ModelVersion version(TableName name, long version) {
        return metastore
                .read(handle -> store.find(handle, name, version))
                .orElseThrow(() -> version == 0
                        ? NotFound.of(Securable.model(name))
                        : new EstranException(
                                ErrorCode.MODEL_NOT_FOUND,
                                "There is no model " + name.sql() + " of version " + version + "."));
    }

    private synchronized TrainedClassifier loaded(String directory) {
        TrainedClassifier classifier = loaded.get(directory);
        if (classifier == null) {
            classifier = TrainedClassifier.load(root.resolve(directory));
            loaded.put(directory, classifier);
            if (loaded.size() > MOST_LOADED) {
                loaded.remove(loaded.keySet().iterator().next());
            }
        }
        return classifier;
    }

    private synchronized void forget(String directory) {
        loaded.remove(directory);
        ModelDirectory.delete(root.resolve(directory));
    }

    /** The current version of every model, by name. */
    public List<ModelVersion> list(Caller caller) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        Visibility visible = access.visibility(caller);
        return metastore.read(store::list).stream()
                .filter(model ->
                        visible.seesObject(Securable.Kind.MODEL, model.name().schemaName(), model.modelId()))
                .toList();
    }

    /** A version, and whether it is the one that answers. */
    public record Listed(ModelVersion model, boolean current) {}

    /** Every version of every model, by name, newest first. */
    public List<Listed> versions(Caller caller) {
        access.require(caller, Privilege.USE_PLATFORM, Securable.PLATFORM);
        return metastore.read(store::versions);
    }

    /**
     * Removes a model with all versions.
     *
     * @return whether there was one; false only with {@code ifExists}
     * @throws EstranException MODEL_NOT_FOUND
     */
    public boolean drop(Caller caller, TableName name, boolean ifExists) {
        access.require(caller, Privilege.MANAGE, Securable.model(name));
        Optional<List<String>> dropped = metastore.transact(handle -> {
            Optional<ModelStore.Named> named = store.named(handle, name).filter(ModelStore.Named::isModel);
            Optional<List<String>> directories = named.map(model -> store.directories(handle, model.id()));
            named.ifPresent(model -> store.delete(handle, model.id()));
            return directories;
        });
        if (dropped.isEmpty() && !ifExists) {
            throw NotFound.of(Securable.model(name));
        }
        dropped.orElse(List.of()).forEach(this::forget);
        return dropped.isPresent();
    }

    /**
     * Removes files that no version names: of dropped models, and of a training that a crash cut short. Returns how many
     * directories went. Call it before any training starts.
     */
    public int removeUnnamed() {
        Set<String> named = new HashSet<>(metastore.read(store::directories));
        int removed = 0;
        try (Stream<Path> directories = Files.exists(root) ? Files.list(root) : Stream.empty()) {
            for (Path directory : directories.toList()) {
                if (!named.contains(directory.getFileName().toString())) {
                    ModelDirectory.delete(directory);
                    removed++;
                }
            }
        } catch (IOException e) {
            throw new EstranException(ErrorCode.STORAGE_FAILED, "The models' directory cannot be read.", e);
        }
        if (removed > 0) {
            log.info("Removed the files of {} model versions that no model names", removed);
        }
        return removed;
    }
}
