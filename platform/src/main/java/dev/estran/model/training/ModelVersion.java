package dev.estran.model.training;

import dev.estran.TableName;
import java.time.Instant;

/**
 * One trained version of a model.
 *
 * @param modelId stable, survives renames
 * @param version 1, 2, 3, ...
 * @param directory name of its directory under {@code models}; unique, never reused
 * @param labelColumn column the model predicts
 * @param sourceSql the query it learnt from
 */
public record ModelVersion(
        TableName name,
        String modelId,
        long version,
        String directory,
        String labelColumn,
        String sourceSql,
        Instant createdAt,
        String createdBy,
        TrainingReport report) {

    /** Names this exact version in call identities. */
    public String served() {
        return name + "@" + version + "/" + directory;
    }
}
