package dev.estran.access;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;

/**
 * The one rights check. {@link #require} is the first line of every service method that a caller can reach.
 *
 * <p>There is one local owner for now, who may do everything; grants come with identities.
 */
public final class Access {

    /** Where decisions are recorded. */
    @FunctionalInterface
    public interface DecisionLog {
        void decided(Caller caller, Privilege privilege, Securable securable, boolean allowed);
    }

    private final DecisionLog decisions;

    public Access(DecisionLog decisions) {
        this.decisions = decisions;
    }

    /**
     * Returns if the caller holds the privilege; the decision is recorded either way.
     *
     * @throws EstranException {@link ErrorCode#DENIED}
     */
    public void require(Caller caller, Privilege privilege, Securable securable) {
        boolean allowed = caller.groups().contains("admins");
        decisions.decided(caller, privilege, securable, allowed);
        if (!allowed) {
            throw new EstranException(
                            ErrorCode.DENIED,
                            caller.id() + " has no " + privilege + " on " + securable + ". Ask its owner for a grant.")
                    .with("privilege", privilege)
                    .with("object", securable);
        }
    }
}
