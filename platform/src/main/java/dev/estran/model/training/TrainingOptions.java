package dev.estran.model.training;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to train.
 *
 * @param precisionTarget share of right answers wanted among those given; below it the model abstains
 * @param seed decides split and order of training
 * @param maxFeatures most words and letter sequences the model knows
 * @param epochs passes over the training part
 */
public record TrainingOptions(double precisionTarget, long seed, int maxFeatures, int epochs) {

    public static final TrainingOptions DEFAULT = new TrainingOptions(0.8, 1, 30_000, 10);

    public TrainingOptions {
        require(precisionTarget >= 0 && precisionTarget <= 1, "precision must lie between 0 and 1");
        require(maxFeatures >= 100 && maxFeatures <= 200_000, "max_features must lie between 100 and 200000");
        require(epochs >= 1 && epochs <= 100, "epochs must lie between 1 and 100");
    }

    /**
     * From the WITH list: {@code precision}, {@code seed}, {@code max_features}, {@code epochs}.
     *
     * @throws EstranException INVALID_ARGUMENT for an unknown option or a wrong value
     */
    public static TrainingOptions of(Map<String, @Nullable Object> options) {
        for (String name : options.keySet()) {
            require(
                    name.equals("precision")
                            || name.equals("seed")
                            || name.equals("max_features")
                            || name.equals("epochs"),
                    "unknown option '" + name + "'; known are precision, seed, max_features, epochs");
        }
        return new TrainingOptions(
                number(options, "precision", DEFAULT.precisionTarget).doubleValue(),
                number(options, "seed", DEFAULT.seed).longValue(),
                number(options, "max_features", DEFAULT.maxFeatures).intValue(),
                number(options, "epochs", DEFAULT.epochs).intValue());
    }

    private static BigDecimal number(Map<String, @Nullable Object> options, String name, Number defaultValue) {
        Object value = options.get(name);
        if (value == null) {
            return new BigDecimal(defaultValue.toString());
        }
        if (value instanceof Number number) {
            return new BigDecimal(number.toString());
        }
        throw new EstranException(ErrorCode.INVALID_ARGUMENT, "CREATE MODEL: " + name + " must be a number.");
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new EstranException(ErrorCode.INVALID_ARGUMENT, "CREATE MODEL: " + problem + ".");
        }
    }
}
