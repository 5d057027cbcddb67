package dev.estran.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that requests read and change. Used on the event loop only. */
final class State {

    final ModelSimulator.Options options;
    final Ledger ledger = new Ledger();
    final Tokens tokens = new Tokens();
    Knowledge knowledge = Knowledge.NONE;
    FaultPlan faults;
    private final Map<String, SimulatedModel> models = new LinkedHashMap<>();
    private boolean strict;
    private long requests;

    State(ModelSimulator.Options options) {
        this.options = options;
        this.faults = new FaultPlan(options.seed(), List.of());
    }

    long nextRequest() {
        return ++requests;
    }

    /** @param strict whether models that are not listed are refused from now on */
    void putModels(List<SimulatedModel> more, boolean strict) {
        more.forEach(model -> models.put(model.name(), model));
        this.strict = strict;
    }

    List<SimulatedModel> models() {
        return models.isEmpty() ? List.of(SimulatedModel.free("sim")) : List.copyOf(models.values());
    }

    boolean refuses(String model) {
        return strict && !models.containsKey(model);
    }

    SimulatedModel model(String name) {
        SimulatedModel model = models.get(name);
        return model == null ? SimulatedModel.free(name) : model;
    }

    void resetRequests() {
        requests = 0;
    }
}
