package dev.estran.model.training;

import java.util.Iterator;
import java.util.function.Consumer;

/** Where training rows come from; read once. */
@FunctionalInterface
public interface LabelledRows {

    void read(Consumer<LabelledText> sink);

    static LabelledRows of(Iterator<LabelledText> rows) {
        return rows::forEachRemaining;
    }
}
