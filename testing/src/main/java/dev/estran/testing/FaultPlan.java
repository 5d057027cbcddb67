package dev.estran.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults in force, with how often each has been asked. The first that meets a request is played. */
final class FaultPlan {

    private static final class Armed {
        private final Fault fault;
        private int matched;

        private Armed(Fault fault) {
            this.fault = fault;
        }
    }

    private final long seed;
    private final List<Armed> armed = new ArrayList<>();

    FaultPlan(long seed, List<Fault> faults) {
        this.seed = seed;
        faults.forEach(fault -> armed.add(new Armed(fault)));
    }

    List<Fault> faults() {
        return armed.stream().map(one -> one.fault).toList();
    }

    Optional<Fault> meet(String model, long request) {
        for (int i = 0; i < armed.size(); i++) {
            Armed one = armed.get(i);
            if (one.fault.model() != null && !one.fault.model().equals(model)) {
                continue;
            }
            one.matched++;
            if (meets(one, i, request)) {
                return Optional.of(one.fault);
            }
        }
        return Optional.empty();
    }

    private boolean meets(Armed one, int position, long request) {
        Fault fault = one.fault;
        if (fault.next() != null) {
            return one.matched <= fault.next();
        }
        if (fault.every() != null) {
            return one.matched % fault.every() == 0;
        }
        return fault.probability() != null && Chance.unit(seed, "fault", position, request) < fault.probability();
    }
}
