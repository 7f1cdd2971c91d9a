// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

/**
 * Counts the gas of one transaction or call. Beside the gas that is charged in the end it knows how much more the limit must
 * leave: an EVM gives refunds only at the end and passes on at most 63/64 of what is left to an inner call, so that a limit
 * equal to the gas used is too low.
 */
public final class GasMeter {
    private final long limit;
    private long used;
    private long headroom;

    GasMeter(long limit, long intrinsic) {
        this.limit = limit;
        this.used = intrinsic;
    }

    /** Charges gas; ends the call when the limit is too low. */
    public void use(long gas) {
        used += gas;
        check();
    }

    /** Charges gas that needs a limit higher than itself. */
    public void use(long gas, long extraHeadroom) {
        used += gas;
        headroom += extraHeadroom;
        check();
    }

    /** Charges gas spent by an inner call, which gets 63/64 of what is left and keeps the rest safe when it runs out. */
    public void useInnerCall(long gas) {
        long left = Math.max(0, limit - used);
        long passedOn = left - left / 64;
        if (gas > passedOn) {
            used += passedOn;
            throw new OutOfGasException();
        }
        used += gas;
    }

    private void check() {
        if (needed() > limit) {
            used = limit;
            throw new OutOfGasException();
        }
    }

    long used() {
        return used;
    }

    /** The lowest limit with which the same work would have been done. */
    long needed() {
        return used + headroom;
    }
}
