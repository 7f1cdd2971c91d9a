// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.fault.FaultGroup;
import io.crynux.devnet.ledger.Frame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** Faults of the Task contract's transactions. */
public final class ContractFaults {
    private static final int REMEMBERED = 1_000;
    private static final long TOO_MUCH = Long.MAX_VALUE / 4;

    private final FaultGroup<String> starving;
    /** In which block the calls ran out of gas, so that who replays one on the block before it sees the same. */
    private final Map<String, Long> starved = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Faults that can be switched on. */
    public ContractFaults() {
        this(Optional.empty());
    }

    private ContractFaults(Optional<String> refusal) {
        this.starving = new FaultGroup<>(refusal);
    }

    /** Faults that cannot be switched on. */
    public static ContractFaults refused(String why) {
        return new ContractFaults(Optional.of(why));
    }

    /**
     * Has createTask run out of gas, whatever the limit is: the transaction is in a block and has failed, without a log and a
     * reason, all of its gas is spent, and the fee stays with the sender. Strikes once a transaction, when it is mined; eth_call
     * and eth_estimateGas run out of gas, too, as long as it is on.
     */
    public Fault outOfGas() {
        return starving.add("contract: createTask out of gas", "");
    }

    /** Spends all gas of a createTask if it has to run out. */
    synchronized void meet(Frame frame) {
        if (starved.isEmpty() && starving.on().isEmpty()) {
            return;
        }
        String call = frame.caller() + Hash.sha3(Numeric.toHexString(frame.input()));
        if (frame.mined()) {
            if (starving.strike(any -> true).isEmpty()) {
                return;
            }
            starved.put(call, frame.block().number());
        } else if (starving.on().isEmpty() && frame.block().number() >= starved.getOrDefault(call, 0L)) {
            return;
        }
        frame.gas().use(TOO_MUCH);
    }

    /** Switches all off. */
    public void clear() {
        starving.clear();
    }

    /** Those that are on. */
    public List<Fault> on() {
        return starving.on();
    }
}
