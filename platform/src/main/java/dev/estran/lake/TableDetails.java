package dev.estran.lake;

import java.util.Map;

/**
 * What is known of a table beside its columns and rows.
 *
 * @param location directory of its files
 * @param partitioning in Iceberg's words, empty where there is none
 * @param properties Estran's own left out
 */
public record TableDetails(
        ObjectEntry entry,
        String location,
        int formatVersion,
        String partitioning,
        long rows,
        long bytes,
        Map<String, String> properties) {

    public TableDetails {
        properties = Map.copyOf(properties);
    }
}
