// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.error.NetworkException;
import io.crynux.client.http.HttpTransport;
import io.crynux.client.journal.Payment;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.wallet.Signer;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;

/** The Task contract on its chain, for one wallet: payments out, events in. */
public final class TaskChain {
    private final ChainSettings settings;
    private final Signer signer;
    private final Clock clock;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final ChainRpc rpc;
    private final String creator;
    // Made once it is clear which chain it is.
    private volatile NonceLane lane;
    private volatile Follower follower;

    /** The chain as it is told apart from others. */
    public record Identity(long chainId, String genesisHash) {}

    public TaskChain(
            ChainSettings settings,
            Signer signer,
            HttpTransport http,
            Clock clock,
            Executor executor,
            ScheduledExecutorService scheduler) {
        this.settings = settings;
        this.signer = signer;
        this.clock = clock;
        this.executor = executor;
        this.scheduler = scheduler;
        this.rpc = new ChainRpc(settings.rpcUrls(), http, scheduler);
        this.creator = signer.address().toLowerCase(Locale.ROOT);
    }

    /**
     * Checks that the chain is the one that was configured, and follows it from its newest block on.
     *
     * @return fails with a {@link NetworkException} that names the option to correct
     */
    public CompletableFuture<Identity> connect(BlockListener listener) {
        return rpc.chainId()
                .thenCompose(this::checkChainId)
                .thenCompose(chainId -> checkContract()
                        .thenCompose(checked -> rpc.block(DefaultBlockParameter.valueOf(BigInteger.ZERO)))
                        .thenCombine(rpc.head(), (genesis, head) -> {
                            open(chainId, head, listener);
                            return new Identity(chainId, genesis.hash());
                        }))
                .exceptionally(error -> {
                    throw connectFailure(error);
                });
    }

    private CompletableFuture<Long> checkChainId(BigInteger actual) {
        if (settings.chainId() != null && !actual.equals(BigInteger.valueOf(settings.chainId()))) {
            throw new NetworkException("The node at rpcUrl is on chain " + actual + ", but chainId says "
                    + settings.chainId() + ". Correct the one that is wrong");
        }
        return CompletableFuture.completedFuture(actual.longValueExact());
    }

    private CompletableFuture<Void> checkContract() {
        return rpc.code(settings.contractAddress()).thenAccept(code -> {
            if (code == null || code.length() <= 2) {
                throw new NetworkException("contractAddress " + settings.contractAddress()
                        + " has no code on this chain. Set the address of the network's Task contract, or the rpcUrl of"
                        + " the chain that it is on");
            }
        });
    }

    private static RuntimeException connectFailure(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof NetworkException known) {
            return known;
        }
        return new NetworkException(
                (cause instanceof IOException ? cause.getMessage() : "The node at rpcUrl cannot be used: " + cause)
                        + ". Check rpcUrl, and that the node is up",
                cause);
    }

    private void open(long chainId, BlockHeader head, BlockListener listener) {
        GasSettings gas = settings.gas();
        lane = new NonceLane(
                rpc,
                creator,
                new PaymentSigner(signer, chainId, gas.gasLimit()),
                new GasPricing(rpc, gas, clock),
                executor);
        follower = new Follower(rpc, settings.contractAddress(), settings.pollInterval(), scheduler, listener);
        follower.start(head);
    }

    /** Pays for a task; see {@link NonceLane#pay}. */
    public CompletableFuture<Payment> pay(TaskOrder order, Function<Payment, CompletionStage<Void>> beforeSend) {
        return lane.pay(
                settings.contractAddress(),
                order.feeWei(),
                TaskContract.createTask(order, settings.gpuArguments()),
                beforeSend);
    }

    /** Sends a payment again; an answer that says that it is known or mined is as good as any. */
    public CompletableFuture<Void> resend(Payment payment) {
        return rpc.send(payment.rawTransaction()).thenApply(hash -> null);
    }

    /** How many transactions of the wallet are in blocks up to that one. */
    public CompletableFuture<BigInteger> nonceAt(BigInteger block) {
        return rpc.nonce(creator, DefaultBlockParameter.valueOf(block));
    }

    /** What became of a payment whose nonce is used. */
    public CompletableFuture<PaymentFate> fateOf(String transactionHash) {
        return rpc.receipt(transactionHash)
                .thenCompose(receipt -> receipt.isEmpty()
                        ? CompletableFuture.completedFuture(PaymentFate.NOT_MINED)
                        : PaymentFate.of(receipt.get(), settings.contractAddress(), creator, rpc));
    }

    /** The wallet's balance in wei. */
    public CompletableFuture<BigInteger> balance() {
        return rpc.balance(creator);
    }

    /** The transactions that the wallet has sent and that are in blocks. */
    public CompletableFuture<BigInteger> nonce() {
        return rpc.nonce(creator, DefaultBlockParameterName.LATEST);
    }

    /** The wallet's address, lower-case. */
    public String creator() {
        return creator;
    }

    /** Stops to follow. */
    public void disconnect() {
        if (follower != null) {
            follower.stop();
        }
    }
}
