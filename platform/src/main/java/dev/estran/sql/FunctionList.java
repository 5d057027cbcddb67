package dev.estran.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The engine functions a query may call. */
final class FunctionList {

    private final Set<String> scalars = new HashSet<>();
    private final Set<String> tables = new HashSet<>();

    private FunctionList() {}

    static FunctionList load() {
        FunctionList list = new FunctionList();
        try (InputStream in = FunctionList.class.getResourceAsStream("functions.txt")) {
            if (in == null) {
                throw new IllegalStateException("functions.txt is missing from the jar");
            }
            Set<String> section = list.scalars;
            for (String line : new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList()) {
                switch (line) {
                    case "[functions]" -> section = list.scalars;
                    case "[table functions]" -> section = list.tables;
                    case "" -> {}
                    default -> {
                        if (!line.startsWith("#")) {
                            section.add(line);
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return list;
    }

    /** Names that are words, sorted; operators are left out. */
    List<String> names() {
        return scalars.stream()
                .filter(name -> Character.isLetter(name.charAt(0)))
                .sorted()
                .toList();
    }

    boolean allows(String function) {
        return scalars.contains(function);
    }

    boolean allowsAsTable(String function) {
        return tables.contains(function);
    }

    /** The nearest name, if it is near enough to be meant. */
    Optional<String> nearest(String function, boolean asTable) {
        return Spelling.nearest(function, asTable ? tables : scalars);
    }
}
