// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import io.crynux.client.internal.evm.rpc.RpcException;
import io.crynux.client.settings.CreateTaskArguments;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.Transaction;

/**
 * Finds out which createTask a deployment has. Its byte code tells, since a contract compares the selector of a call with
 * those that it knows (PUSH4 and the four bytes). Behind a proxy the code is elsewhere; then a createTask of a type that no
 * deployment has is called, without a transaction: the form that the deployment has reverts with a reason, the other one
 * with nothing.
 */
public final class CreateTaskForm {
    private static final Logger LOG = LoggerFactory.getLogger(CreateTaskForm.class);
    private static final String FIVE_IN_CODE = "63043b438f";
    private static final String SEVEN_IN_CODE = "63b8300eaa";
    private static final BigInteger NO_TASK_TYPE = BigInteger.valueOf(255);

    private final ChainRpc rpc;
    private final String contract;
    private final String caller;

    public CreateTaskForm(ChainRpc rpc, String contract, String caller) {
        this.rpc = rpc;
        this.contract = contract;
        this.caller = caller;
    }

    /** @param code the contract's byte code as hex */
    public CompletableFuture<CreateTaskArguments> find(String code) {
        Optional<CreateTaskArguments> inCode = in(code);
        return inCode.isPresent() ? CompletableFuture.completedFuture(inCode.get()) : probe();
    }

    /** What the byte code tells; empty where it has none of the two selectors, or both. */
    public static Optional<CreateTaskArguments> in(String code) {
        String digits = code.toLowerCase(Locale.ROOT);
        boolean five = digits.contains(FIVE_IN_CODE);
        boolean seven = digits.contains(SEVEN_IN_CODE);
        return five == seven
                ? Optional.empty()
                : Optional.of(five ? CreateTaskArguments.FIVE : CreateTaskArguments.SEVEN);
    }

    private CompletableFuture<CreateTaskArguments> probe() {
        return givesReason(CreateTaskArguments.SEVEN)
                .thenCombine(givesReason(CreateTaskArguments.FIVE), (seven, five) -> {
                    if (seven) {
                        return CreateTaskArguments.SEVEN;
                    }
                    if (!five) {
                        LOG.warn(
                                "Neither code nor behaviour of the contract {} shows whether its createTask has 5 or 7"
                                        + " arguments; 5 are assumed. Set createTaskArguments if it has 7",
                                contract);
                    }
                    return CreateTaskArguments.FIVE;
                });
    }

    private CompletableFuture<Boolean> givesReason(CreateTaskArguments form) {
        String data = TaskContract.createTask(NO_TASK_TYPE, form);
        return rpc.call(Transaction.createEthCallTransaction(caller, contract, data), DefaultBlockParameterName.LATEST)
                .handle((answer, error) -> {
                    Throwable cause = Futures.cause(error);
                    if (cause instanceof RpcException revert) {
                        return RevertReason.of(revert).isPresent();
                    }
                    if (cause != null) {
                        throw new CompletionException(cause);
                    }
                    return false;
                });
    }
}
