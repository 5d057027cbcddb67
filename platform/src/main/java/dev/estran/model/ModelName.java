package dev.estran.model;

import dev.estran.TableName;

/** What a name given as {@code model} stands for. */
public sealed interface ModelName {

    /** A connected model. */
    record OfEndpoint(ModelTarget target) implements ModelName {}

    /** A method of this process, for example {@code local/mask}. */
    record Local(String name) implements ModelName {}

    /** An agent, {@code agent:catalog.schema.name}. */
    record Agent(String name) implements ModelName {}

    /** A model trained on the user's own rows. Whether it exists is for its owner to say. */
    record Own(TableName name) implements ModelName {}
}
