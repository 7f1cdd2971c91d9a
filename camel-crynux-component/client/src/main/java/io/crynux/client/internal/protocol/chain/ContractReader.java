// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.contract.ChainTerms;
import io.crynux.client.internal.contract.ContractEvents;
import io.crynux.client.internal.contract.CreateTaskForm;
import io.crynux.client.internal.contract.RefundProof;
import io.crynux.client.internal.contract.RevertReason;
import io.crynux.client.internal.contract.SeenTransaction;
import io.crynux.client.internal.contract.TaskContract;
import io.crynux.client.internal.contract.TaskInfo;
import io.crynux.client.internal.evm.ChainSettings;
import io.crynux.client.internal.evm.follow.ChainReader;
import io.crynux.client.internal.evm.lane.PaymentContent;
import io.crynux.client.internal.evm.lane.SignedBytes;
import io.crynux.client.internal.evm.rpc.BlockHeader;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import io.crynux.client.internal.evm.rpc.RpcException;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.operation.NetworkStatistics;
import io.crynux.client.settings.CreateTaskArguments;
import io.crynux.client.task.BlockRef;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** Asks the Task contract, without a wallet: its views, what a call would do, and what became of transactions. */
public final class ContractReader {
    private static final String NOBODY = "0x0000000000000000000000000000000000000000";

    private final ChainRpc rpc;
    private final ChainSettings settings;
    private final ChainReader reader;

    /** @param reader connected before anything is asked */
    public ContractReader(ChainReader reader, ChainSettings settings) {
        this.rpc = reader.rpc();
        this.reader = reader;
        this.settings = settings;
    }

    /** The contract's address, lower-case. */
    public String address() {
        return settings.contractAddress();
    }

    /** What getTask says; empty for a task that waits in the queue and for one that is over, and for one that never was. */
    public CompletableFuture<Optional<TaskInfo>> task(BigInteger taskId) {
        return view(TaskContract.getTask(taskId)).thenApply(answer -> {
            try {
                return Optional.of(TaskInfo.read(answer)).filter(TaskInfo::exists);
            } catch (RuntimeException e) {
                throw new CompletionException(new IOException("The node's answer to getTask makes no sense", e));
            }
        });
    }

    public CompletableFuture<NetworkStatistics.ContractTotals> totals() {
        CompletableFuture<BigInteger> created = count("totalTasks");
        CompletableFuture<BigInteger> succeeded = count("totalSuccessTasks");
        CompletableFuture<BigInteger> aborted = count("totalAbortedTasks");
        return created.thenCompose(all -> succeeded.thenCombine(
                aborted, (well, badly) -> new NetworkStatistics.ContractTotals(all, well, badly)));
    }

    private CompletableFuture<BigInteger> count(String view) {
        return view(TaskContract.view(view)).thenApply(answer -> {
            try {
                return new BigInteger(answer.substring(2), 16);
            } catch (RuntimeException e) {
                throw new CompletionException(new IOException("The node's answer to " + view + " makes no sense", e));
            }
        });
    }

    private CompletableFuture<String> view(String data) {
        return call(NOBODY, data);
    }

    private CompletableFuture<String> call(String caller, String data) {
        return rpc.call(
                Transaction.createEthCallTransaction(caller, settings.contractAddress(), data),
                DefaultBlockParameterName.LATEST);
    }

    /** Why the contract would not let that address cancel the task now, in its own words; empty when it would. */
    public CompletableFuture<Optional<String>> refusalOfCancel(BigInteger taskId, String caller) {
        return call(caller, TaskContract.cancelTask(taskId)).handle((answer, error) -> {
            Throwable cause = Futures.cause(error);
            if (cause == null) {
                return Optional.empty();
            }
            if (cause instanceof RpcException revert) {
                return Optional.of(RevertReason.of(revert).orElse(revert.rpcMessage()));
            }
            throw new CompletionException(cause);
        });
    }

    /**
     * Calldata of the createTask of an order. Fails with an {@link InvalidTaskException} when the deployment cannot do what is
     * asked.
     */
    public CompletableFuture<String> createTask(TaskOrder order) {
        return form().thenApply(form -> {
            if (!ChainTerms.of(order.terms()).gpuName().isEmpty() && form == CreateTaskArguments.FIVE) {
                throw new InvalidTaskException("gpuName is '"
                        + ChainTerms.of(order.terms()).gpuName() + "', but the createTask of the contract "
                        + settings.contractAddress()
                        + " names no GPU (5 arguments). Leave gpuName out, or use a later deployment");
            }
            return TaskContract.createTask(order, form);
        });
    }

    private CompletableFuture<CreateTaskArguments> form() {
        return settings.createTaskArguments() == CreateTaskArguments.AUTO
                ? new CreateTaskForm(rpc, settings.contractAddress(), NOBODY).find(reader.code())
                : CompletableFuture.completedFuture(settings.createTaskArguments());
    }

    /** A transaction and what became of it; empty when the node does not know it. */
    public CompletableFuture<Optional<SeenTransaction>> transaction(String hash) {
        return rpc.transaction(hash)
                .thenCompose(told -> told.isEmpty()
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : rpc.receipt(hash).thenApply(receipt -> Optional.of(seen(told.get(), receipt.orElse(null)))));
    }

    private SeenTransaction seen(
            org.web3j.protocol.core.methods.response.Transaction told, TransactionReceipt receipt) {
        return new SeenTransaction(
                SignedBytes.of(told),
                lower(told.getFrom()),
                told.getTo() == null ? "" : lower(told.getTo()),
                told.getValue(),
                receipt == null ? null : receipt(receipt));
    }

    private SeenTransaction.Receipt receipt(TransactionReceipt receipt) {
        List<ContractEvent> events = receipt.getLogs().stream()
                .filter(log -> settings.contractAddress().equalsIgnoreCase(log.getAddress()))
                .flatMap(log -> ContractEvents.read(log).stream())
                .toList();
        return new SeenTransaction.Receipt(
                new BlockRef(receipt.getBlockNumber(), receipt.getBlockHash()),
                receipt.isStatusOK(),
                events,
                ChainRpc.gasPaid(receipt));
    }

    /** Why a transaction that is in a block was reverted, found by the same call at the block before; empty where none tells. */
    public CompletableFuture<Optional<String>> revertReason(SeenTransaction reverted) {
        if (reverted.payment().rawTransaction().isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        PaymentContent content = PaymentContent.of(reverted.payment());
        Transaction replay = new Transaction(
                reverted.from(), null, null, content.gasLimit(), content.to(), content.value(), content.data());
        BigInteger parent = reverted.receipt().block().number().subtract(BigInteger.ONE);
        return rpc.call(replay, DefaultBlockParameter.valueOf(parent)).handle((answer, error) -> {
            Throwable cause = Futures.cause(error);
            return cause instanceof RpcException revert ? RevertReason.of(revert) : Optional.empty();
        });
    }

    /** What provably came back of a fee to that address; see {@link RefundProof#find}. */
    public CompletableFuture<Optional<BigInteger>> refundOf(
            String creator, BigInteger taskId, BigInteger fee, BlockRef createdIn, BlockRef endedIn) {
        return new RefundProof(rpc, settings.contractAddress(), creator).find(taskId, fee, createdIn, endedIn);
    }

    /** The number of the newest block that the node calls safe, finalized or by another such name. */
    public CompletableFuture<BigInteger> numberOf(String blockTag) {
        return rpc.block(DefaultBlockParameter.valueOf(blockTag)).thenApply(BlockHeader::number);
    }

    /** What a unit of gas costs now, in wei, as the node suggests. */
    public CompletableFuture<BigInteger> gasPrice() {
        return rpc.gasPrice();
    }

    private static String lower(String hex) {
        return hex.toLowerCase(Locale.ROOT);
    }
}
