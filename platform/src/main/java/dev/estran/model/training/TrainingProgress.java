package dev.estran.model.training;

/** Told what training is doing. May throw (CANCELLED) to stop it. */
@FunctionalInterface
public interface TrainingProgress {

    TrainingProgress NONE = (text, fraction) -> {};

    /** @param fraction done, from 0 to 1 */
    void at(String text, double fraction);
}
