// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.web3j.utils.Numeric;

/** One call of a contract: who calls, with what, and what the contract can reach. */
public final class Frame {
    private final State state;
    private final BlockContext block;
    private final GasMeter gas;
    private final String caller;
    private final String contract;
    private final BigInteger value;
    private final byte[] input;
    private final boolean mined;
    private final List<Log> logs = new ArrayList<>();

    Frame(State state, BlockContext block, GasMeter gas, CallRequest call, boolean mined) {
        this.state = state;
        this.block = block;
        this.gas = gas;
        this.caller = call.from();
        this.contract = call.to();
        this.value = call.value();
        this.mined = mined;
        this.input = Numeric.hexStringToByteArray(call.data());
    }

    public State state() {
        return state;
    }

    public BlockContext block() {
        return block;
    }

    public GasMeter gas() {
        return gas;
    }

    /** Whether this is a transaction that is mined, and not a call that changes nothing. */
    public boolean mined() {
        return mined;
    }

    /** The address that calls. */
    public String caller() {
        return caller;
    }

    /** The address of the contract that is called. */
    public String contract() {
        return contract;
    }

    /** The wei that came with the call; they are on the contract's balance already. */
    public BigInteger value() {
        return value;
    }

    /** A copy of the calldata. */
    public byte[] input() {
        return input.clone();
    }

    /** Logs an event; a revert removes it. */
    public void emit(Log log) {
        logs.add(log);
    }

    List<Log> logs() {
        return logs;
    }
}
