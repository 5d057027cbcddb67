package dev.estran.export;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The files a result can be had as. */
public enum ExportFormat {
    CSV("text/csv; charset=utf-8"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    PARQUET("application/vnd.apache.parquet");

    private final String contentType;

    ExportFormat(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /** The format's name, which is also the ending of its files. */
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By name, in any case. */
    public static ExportFormat of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.extension().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new EstranException(
                        ErrorCode.INVALID_ARGUMENT, "'" + name + "' is not a format. Use " + names() + "."));
    }

    /** By the ending of a file's name. */
    public static ExportFormat ofFile(String file) {
        String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> file.contains(".") && format.extension().equals(ending))
                .findFirst()
                .orElseThrow(() -> new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The ending of '" + file + "' says no format. End the name with ." + names(", .") + "."));
    }

    private static String names() {
        return names(", ");
    }

    private static String names(String between) {
        return Arrays.stream(values()).map(ExportFormat::extension).collect(Collectors.joining(between));
    }
}
