package dev.estran.cli;

/** How rows are printed. */
enum ResultFormat {
    TABLE,
    CSV,
    JSON,
    MARKDOWN
}
