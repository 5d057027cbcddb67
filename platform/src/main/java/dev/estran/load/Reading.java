package dev.estran.load;

/** How one column of the file becomes a column of the table. */
interface Reading {

    /** What it is called in the target. */
    String name();

    String type();

    /** Whether the type is given, by the caller or by the table, so that values that do not fit are rejected. */
    boolean fixed();

    /** For people: what the values look like in the file. */
    String description();

    /** Whether the values could be taken for something else, so that the reader should know what they were taken for. */
    boolean doubtful();

    /** SQL of the value where it fits; null otherwise. */
    String lenient();

    /** SQL of the value; the statement fails at the first that does not fit. */
    String strict();

    /** SQL: whether there is a value that does not fit; never null. */
    String misfit();

    /** SQL of the value as text, for the report of rejected rows. */
    String shown();

    /** A column under another name. */
    record Renamed(Reading reading, String name) implements Reading {

        @Override
        public String type() {
            return reading.type();
        }

        @Override
        public boolean fixed() {
            return reading.fixed();
        }

        @Override
        public String description() {
            return reading.description();
        }

        @Override
        public boolean doubtful() {
            return reading.doubtful();
        }

        @Override
        public String lenient() {
            return reading.lenient();
        }

        @Override
        public String strict() {
            return reading.strict();
        }

        @Override
        public String misfit() {
            return reading.misfit();
        }

        @Override
        public String shown() {
            return reading.shown();
        }
    }

    /** A column that has a type in the file already, read as that or another one. */
    record Typed(String source, String name, String type, String sourceType, boolean fixed) implements Reading {

        @Override
        public String description() {
            return sourceType;
        }

        @Override
        public boolean doubtful() {
            return false;
        }

        @Override
        public String lenient() {
            return "TRY_CAST(" + source + " AS " + type + ")";
        }

        @Override
        public String strict() {
            return "CAST(" + source + " AS " + type + ")";
        }

        @Override
        public String misfit() {
            return sourceType.equals(type) ? "false" : "(" + source + " IS NOT NULL AND " + lenient() + " IS NULL)";
        }

        @Override
        public String shown() {
            return "CAST(" + source + " AS VARCHAR)";
        }
    }
}
