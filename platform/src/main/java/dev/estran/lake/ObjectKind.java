package dev.estran.lake;

/** What a name in a schema stands for. */
public enum ObjectKind {
    TABLE,
    VIEW,
    MODEL
}
