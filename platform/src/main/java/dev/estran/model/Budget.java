package dev.estran.model;

import java.math.BigDecimal;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Money one statement may spend, in the reporting currency: reserve the worst case before a call, settle what it cost
 * after. Spent and held together never pass the limit, as long as suppliers bill no more than was asked for. Thread-safe.
 */
public final class Budget {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private final @Nullable BigDecimal limit;
    private BigDecimal held = BigDecimal.ZERO;
    private BigDecimal spent = BigDecimal.ZERO;

    /** @param limit null for no limit */
    public Budget(@Nullable BigDecimal limit) {
        this.limit = limit;
    }

    public boolean limited() {
        return limit != null;
    }

    /**
     * Holds the amount. Where it does not fit, waits for calls under way to settle for less than they hold.
     *
     * @return false if it does not fit and nothing is held that could come free
     */
    public boolean reserve(BigDecimal amount) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (limit != null && spent.add(held).add(amount).compareTo(limit) > 0) {
                if (held.signum() == 0) {
                    return false;
                }
                settled.await();
            }
            held = held.add(amount);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a hold back and books what it came to. Once per {@link #reserve}. */
    public void settle(BigDecimal amountHeld, BigDecimal cost) {
        lock.lock();
        try {
            held = held.subtract(amountHeld);
            spent = spent.add(cost);
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Books a cost that was not reserved, such as machine time. */
    public void spend(BigDecimal cost) {
        settle(BigDecimal.ZERO, cost);
    }

    /** Whether nothing is left. */
    public boolean exhausted() {
        lock.lock();
        try {
            return limit != null && spent.compareTo(limit) >= 0;
        } finally {
            lock.unlock();
        }
    }

    public BigDecimal spent() {
        lock.lock();
        try {
            return spent;
        } finally {
            lock.unlock();
        }
    }

    public @Nullable BigDecimal limit() {
        return limit;
    }
}
