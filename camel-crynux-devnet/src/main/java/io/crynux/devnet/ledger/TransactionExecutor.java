// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.web3j.utils.Numeric;

/** Carries out calls and transactions on a {@link State}. */
final class TransactionExecutor {
    private static final long TRANSACTION_GAS = 21_000;
    private static final long ZERO_BYTE_GAS = 4;
    private static final long BYTE_GAS = 16;
    private static final long ACCESS_ADDRESS_GAS = 2_400;
    private static final long ACCESS_KEY_GAS = 1_900;

    /** How a call ended; a failed one has changed nothing and logged nothing. */
    record Execution(boolean succeeded, String output, List<Log> logs, long gasUsed, long gasNeeded) {}

    private final Map<String, Contract> contracts;
    private final String miner;

    TransactionExecutor(Map<String, Contract> contracts, String miner) {
        this.contracts = Map.copyOf(contracts);
        this.miner = miner;
    }

    String code(String address) {
        Contract contract = contracts.get(address);
        return contract == null ? "0x" : contract.code();
    }

    static long intrinsicGas(Transaction transaction) {
        long gas = intrinsicGas(transaction.data());
        for (Transaction.AccessTuple tuple : transaction.accessList()) {
            gas += ACCESS_ADDRESS_GAS + ACCESS_KEY_GAS * tuple.storageKeys().size();
        }
        return gas;
    }

    static long intrinsicGas(String data) {
        long gas = TRANSACTION_GAS;
        for (byte b : Numeric.hexStringToByteArray(data)) {
            gas += b == 0 ? ZERO_BYTE_GAS : BYTE_GAS;
        }
        return gas;
    }

    /** Applies a transaction whose sender can pay for all of its gas. */
    void apply(State state, BlockContext block, Transaction transaction, BigInteger baseFee, Tally tally) {
        BigInteger price = transaction.effectiveGasPrice(baseFee);
        Account sender = state.account(transaction.from());
        BigInteger advance = price.multiply(BigInteger.valueOf(transaction.gasLimit()));
        state.putAccount(
                transaction.from(),
                sender.withNextNonce().withBalance(sender.balance().subtract(advance)));

        CallRequest call = new CallRequest(
                transaction.from(),
                transaction.to(),
                transaction.gasLimit(),
                transaction.value(),
                transaction.data(),
                true);
        Execution execution = execute(state, block, call, intrinsicGas(transaction), true);

        BigInteger gasUsed = BigInteger.valueOf(execution.gasUsed());
        state.credit(transaction.from(), advance.subtract(price.multiply(gasUsed)));
        state.credit(miner, price.subtract(baseFee).multiply(gasUsed));
        tally.add(transaction, execution, price);
    }

    /** Executes a call whose sender has its value, without a transaction. */
    Execution execute(State state, BlockContext block, CallRequest call, long intrinsicGas) {
        return execute(state, block, call, intrinsicGas, false);
    }

    private Execution execute(State state, BlockContext block, CallRequest call, long intrinsicGas, boolean mined) {
        GasMeter gas = new GasMeter(call.gasLimit(), intrinsicGas);
        Frame frame = new Frame(state, block, gas, call, mined);
        int checkpoint = state.checkpoint();
        try {
            if (!state.transfer(call.from(), call.to(), call.value())) {
                throw new IllegalStateException("the caller's balance was not checked");
            }
            Contract contract = contracts.get(call.to());
            String output = contract == null ? "0x" : contract.call(frame);
            return new Execution(true, output, List.copyOf(frame.logs()), gas.used(), gas.needed());
        } catch (RevertException e) {
            state.rollback(checkpoint);
            return new Execution(false, e.data(), List.of(), gas.used(), gas.needed());
        } catch (OutOfGasException e) {
            state.rollback(checkpoint);
            return new Execution(false, "0x", List.of(), gas.used(), gas.needed());
        }
    }
}
