package dev.estran.load;

/**
 * How one column of a text file is read.
 *
 * @param source its column in the private text table, for example {@code c3}
 * @param name what it is called in the target
 * @param type what its values become
 * @param fixed whether the type is given, by the caller or by the table, so that values that do not fit are rejected
 * @param fast whether a plain cast there and back gives each sampled value again, so that the cheapest check serves
 */
record ColumnReading(String source, String name, TextForm form, String type, boolean fixed, boolean fast)
        implements Reading {

    @Override
    public String description() {
        return form.description();
    }

    @Override
    public boolean doubtful() {
        return switch (form) {
            case NUMBER_COMMA,
                    NUMBER_GROUPED,
                    DATE_DAY_SLASH,
                    DATE_MONTH_SLASH,
                    DATE_DAY_DOT,
                    DATE_DAY_DASH,
                    TIMESTAMP_DAY_SLASH -> true;
            default -> false;
        };
    }

    @Override
    public String shown() {
        return source;
    }

    private String text() {
        return "nullif(trim(" + source + "), '')";
    }

    private boolean verbatim() {
        return form == TextForm.TEXT && type.equals("VARCHAR");
    }

    @Override
    public String lenient() {
        return verbatim() ? source : (fixed ? "TRY_CAST(" : "CAST(") + form.normal(text()) + " AS " + type + ")";
    }

    @Override
    public String strict() {
        if (verbatim()) {
            return source;
        }
        if (fast) {
            String value = "CAST(" + source + " AS " + type + ")";
            return "CASE WHEN " + source + " IS NULL OR CAST(" + value + " AS VARCHAR) = " + source + " THEN " + value
                    + " ELSE error('value') END";
        }
        return "CASE WHEN " + text() + " IS NULL THEN NULL WHEN " + form.check(text(), type) + " THEN CAST("
                + form.normal(text()) + " AS " + type + ") ELSE error('value') END";
    }

    @Override
    public String misfit() {
        return verbatim()
                ? "false"
                : "(" + text() + " IS NOT NULL AND NOT coalesce(" + form.check(text(), type) + ", false))";
    }
}
