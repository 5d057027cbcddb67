package dev.estran.model.training;

import org.jspecify.annotations.Nullable;

/** One row to learn from; rows with a null or blank side are counted and left out. */
public record LabelledText(@Nullable String text, @Nullable String label) {}
