// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes a node mine blocks, by methods that anvil and hardhat have. The node also mines by itself, unless a timer of the devnet
 * does.
 */
final class RemoteMiner implements AutoCloseable {
    private static final String MINE = "evm_mine";
    private static final String NO_CONTROL = "the devnet cannot control its blocks";

    private final JsonRpc rpc;
    private final Optional<Duration> interval;
    private final Optional<BigInteger> baseFee;
    private BlockTimer timer = BlockTimer.none();
    private boolean paused;
    private boolean minedEach;
    private long nodesInterval;

    /**
     * @param interval between blocks that the devnet requests; empty for a node that mines by itself
     * @param baseFee that each block made from here has in wei per gas; empty for what the node takes
     */
    RemoteMiner(JsonRpc rpc, Optional<Duration> interval, Optional<BigInteger> baseFee) {
        this.rpc = rpc;
        this.interval = interval;
        this.baseFee = baseFee;
    }

    /** Begins to make blocks, if it is not the node that does. */
    void start() {
        interval.ifPresent(time -> timer = BlockTimer.start(this::mineUnlessPaused, time));
    }

    /** Makes a block now. */
    synchronized void mine() {
        rpc.control(NO_CONTROL, MINE);
        setBaseFee();
    }

    /** Mines a block if the node has a method for it. */
    synchronized boolean mineIfPossible() {
        boolean mined = rpc.callIfKnown(MINE).isPresent();
        setBaseFee();
        return mined;
    }

    /** At once, since the node derives its gas price from it. */
    private void setBaseFee() {
        baseFee.ifPresent(wei -> rpc.call("anvil_setNextBlockBaseFeePerGas", "0x" + wei.toString(16)));
    }

    private synchronized void mineUnlessPaused() {
        if (!paused) {
            mine();
        }
    }

    synchronized boolean paused() {
        return paused;
    }

    synchronized void pause() {
        if (paused) {
            return;
        }
        if (interval.isEmpty()) {
            minedEach = rpc.callIfKnown("hardhat_getAutomine")
                    .map(JsonNode::asBoolean)
                    .orElse(false);
            nodesInterval = rpc.callIfKnown("anvil_getIntervalMining")
                    .map(JsonNode::asLong)
                    .orElse(0L);
            setMining(false, 0);
        }
        paused = true;
    }

    synchronized void resume() {
        boolean waited = paused && interval.isEmpty() && minedEach;
        goOn();
        if (waited && waiting()) {
            // They would wait for the next transaction.
            mine();
        }
    }

    private boolean waiting() {
        return rpc.callIfKnown("txpool_status")
                .filter(status -> JsonRpc.quantity(status.path("pending")).signum() > 0)
                .isPresent();
    }

    private void goOn() {
        if (paused) {
            paused = false;
            if (interval.isEmpty()) {
                setMining(minedEach, nodesInterval);
            }
        }
    }

    private void setMining(boolean each, long seconds) {
        rpc.control(NO_CONTROL, "evm_setAutomine", each);
        if (seconds > 0 || !each) {
            rpc.callIfKnown("evm_setIntervalMining", seconds);
        }
    }

    /** Does something while no blocks come but by {@link #mine}. */
    synchronized void whilePaused(Runnable work) {
        boolean before = paused;
        pause();
        try {
            work.run();
        } finally {
            if (!before) {
                goOn();
            }
        }
    }

    @Override
    public void close() {
        timer.close();
    }
}
