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
    private static final long MORE_THAN_ANY_LIMIT = Long.MAX_VALUE / 4;

    private final FaultGroup<String> starving;
    /** In which block the calls ran out of gas, so that who replays one on the block before it sees the same. */
    private final Map<String, Long> starved = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Creates faults that can be switched on. */
    public ContractFaults() {
        this(Optional.empty());
    }

    private ContractFaults(Optional<String> refusal) {
        this.starving = new FaultGroup<>(refusal);
    }

    /** Returns faults that cannot be switched on, for the given reason. */
    public static ContractFaults refused(String why) {
        return new ContractFaults(Optional.of(why));
    }

    /**
     * Makes createTask run out of gas, whatever the gas limit is: the transaction is mined and fails without logs and reason,
     * all its gas is spent, and the fee stays with the sender. Takes effect once per transaction, when it is mined; while the
     * fault is on, eth_call and eth_estimateGas run out of gas, too.
     */
    public Fault outOfGas() {
        return starving.add("contract: createTask out of gas", "");
    }

    /** Spends all gas of a createTask if it has to run out. */
    synchronized void apply(Frame frame) {
        if (starved.isEmpty() && starving.on().isEmpty()) {
            return;
        }
        String call = frame.caller() + Hash.sha3(Numeric.toHexString(frame.input()));
        if (frame.mined()) {
            if (starving.hit(any -> true).isEmpty()) {
                return;
            }
            starved.put(call, frame.block().number());
        } else if (starving.on().isEmpty() && frame.block().number() >= starved.getOrDefault(call, 0L)) {
            return;
        }
        frame.gas().use(MORE_THAN_ANY_LIMIT);
    }

    /** Ends all faults. */
    public void clear() {
        starving.clear();
    }

    /** The faults that are on. */
    public List<Fault> on() {
        return starving.on();
    }
}
