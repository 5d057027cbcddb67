package dev.estran.ai;

import dev.estran.Caller;
import dev.estran.TableName;

/** Models trained on the user's own rows, as methods. Wired in Platform. */
@FunctionalInterface
public interface OwnModels {

    /** @throws dev.estran.EstranException MODEL_NOT_FOUND, DENIED, or INVALID_ARGUMENT where it cannot serve the function */
    LocalMethod load(Caller caller, TableName name, String function);
}
