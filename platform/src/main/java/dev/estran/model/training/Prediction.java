package dev.estran.model.training;

import org.jspecify.annotations.Nullable;

/**
 * A classifier's answer.
 *
 * @param label null where the model abstains: it is not sure enough, or the text has nothing it knows
 * @param probability of the likeliest label, also where that is withheld
 */
public record Prediction(@Nullable String label, double probability) {

    static final Prediction NOTHING_KNOWN = new Prediction(null, 0);
}
