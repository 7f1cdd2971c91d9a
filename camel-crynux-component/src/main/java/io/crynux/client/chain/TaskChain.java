// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.http.HttpTransport;
import io.crynux.client.journal.Payment;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.task.BlockRef;
import io.crynux.client.wallet.Signer;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;

/** The Task contract on its chain, for one wallet: payments out, events in. */
public final class TaskChain {
    private final ChainSettings settings;
    private final Signer signer;
    private final HttpTransport http;
    private final Clock clock;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final JsonRpcService service;
    private final ChainRpc rpc;
    private final String creator;
    private final FateFinder fates;
    // Made once it is clear which chain it is.
    private volatile NonceLane lane;
    private volatile Follower follower;
    private volatile CreateTaskArguments form;

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
        this.http = http;
        this.clock = clock;
        this.executor = executor;
        this.scheduler = scheduler;
        this.service = new JsonRpcService(settings.rpcUrls(), http, clock, scheduler);
        this.rpc = new ChainRpc(service, scheduler);
        this.creator = signer.address().toLowerCase(Locale.ROOT);
        this.fates = new FateFinder(rpc, settings.contractAddress(), creator);
    }

    /**
     * Checks that the chain is the one that was configured, and makes payments possible.
     *
     * @return fails with a {@link NetworkException} that names the option to correct
     */
    public CompletableFuture<Identity> connect() {
        return service.agreeOnChain(settings.chainId())
                .thenCompose(chainId -> rpc.code(settings.contractAddress())
                        .thenCompose(this::checkContract)
                        .thenCompose(checked -> rpc.block(DefaultBlockParameter.valueOf(BigInteger.ZERO)))
                        .thenApply(genesis -> {
                            LaneClaims.claim(chainId, genesis.hash(), creator, this);
                            open(chainId);
                            return new Identity(chainId, genesis.hash());
                        }))
                .exceptionally(error -> {
                    throw connectFailure(error);
                });
    }

    private CompletableFuture<Void> checkContract(String code) {
        if (code == null || code.length() <= 2) {
            throw new NetworkException("contractAddress " + settings.contractAddress()
                    + " has no code on this chain. Set the address of the network's Task contract, or the rpcUrl of"
                    + " the chain that it is on");
        }
        CreateTaskArguments configured = settings.createTaskArguments();
        if (configured == CreateTaskArguments.AUTO) {
            return new CreateTaskForm(rpc, settings.contractAddress(), creator)
                    .find(code)
                    .thenAccept(found -> form = found);
        }
        CreateTaskForm.in(code).filter(actual -> actual != configured).ifPresent(actual -> {
            throw new NetworkException("createTaskArguments is " + configured + ", but the code of the contract "
                    + settings.contractAddress() + " has the createTask of " + actual
                    + " arguments. Leave createTaskArguments out");
        });
        form = configured;
        return CompletableFuture.completedFuture(null);
    }

    private static RuntimeException connectFailure(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof CrynuxException known) {
            return known;
        }
        return new NetworkException(
                (cause instanceof IOException ? cause.getMessage() : "The node at rpcUrl cannot be used: " + cause)
                        + ". Check rpcUrl, and that the node is up",
                cause);
    }

    private void open(long chainId) {
        PaymentsInFlight inFlight = new PaymentsInFlight();
        lane = new NonceLane(
                rpc,
                creator,
                new GasPricing(rpc, settings.gas(), clock),
                new PaymentSigner(signer, chainId),
                inFlight,
                new WalletFunds(rpc, creator, inFlight, clock),
                settings,
                executor);
    }

    /**
     * Tells the listener of blocks; see {@link Follower#start}. To be called after {@link #connect}; a follower that was
     * started before ends.
     *
     * @param after number of the block after which events are wanted; null for the newest
     */
    public CompletableFuture<BlockRef> follow(BigInteger after, BlockListener listener) {
        stopFollowing();
        Follower started = new Follower(rpc, settings, http, clock, scheduler, listener);
        follower = started;
        return started.start(after).exceptionally(error -> {
            throw connectFailure(error);
        });
    }

    private void stopFollowing() {
        if (follower != null) {
            // An earlier attempt got as far as here and failed elsewhere.
            follower.stop();
        }
    }

    /** How well the chain is read. */
    public ChainStatus status() {
        Follower following = follower;
        return following == null ? ChainStatus.NOT_FOLLOWED : following.status();
    }

    /**
     * For how long the chain has stood still although nothing holds it up: nodes answered without a break that there is no new
     * block, and none of the wallet's payments waits for one.
     */
    public Duration stillFor() {
        Follower following = follower;
        return following == null || hasPaymentsInFlight() ? Duration.ZERO : following.stillFor();
    }

    /** The number of the newest block that a node calls safe, finalized or by another such name. */
    public CompletableFuture<BigInteger> numberOf(String blockTag) {
        return rpc.block(DefaultBlockParameter.valueOf(blockTag)).thenApply(BlockHeader::number);
    }

    /**
     * Pays for a task; see {@link NonceLane#pay}. Fails with an {@link InvalidTaskException} when the deployment cannot do
     * what is asked, with nothing signed.
     */
    public CompletableFuture<Payment> pay(
            TaskOrder order, Consumer<BigInteger> beforeSign, Function<Payment, CompletionStage<Void>> beforeSend) {
        if (!order.gpuName().isEmpty() && form == CreateTaskArguments.FIVE) {
            return CompletableFuture.failedFuture(new InvalidTaskException("gpuName is '" + order.gpuName()
                    + "', but the createTask of the contract " + settings.contractAddress()
                    + " names no GPU (5 arguments). Nothing was spent; leave gpuName out, or use a later deployment"));
        }
        return lane.pay(
                settings.contractAddress(),
                order.feeWei(),
                TaskContract.createTask(order, form),
                beforeSign,
                beforeSend);
    }

    /** Makes another variant of a payment; see {@link NonceLane#replace}. */
    public CompletableFuture<Boolean> replace(
            List<Payment> variants,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend) {
        return lane.replace(variants, beforeSign, beforeSend);
    }

    /** A payment that was signed before occupies its nonce. */
    public void occupy(Payment payment) {
        lane.occupy(payment);
    }

    /** Sends a payment again; an answer that says that it is known or mined is as good as any. */
    public CompletableFuture<Void> resend(Payment payment) {
        return rpc.send(payment.rawTransaction()).thenApply(hash -> null);
    }

    /** Whether payments are in no block, as far as the blocks up to the last look tell. */
    public boolean hasPaymentsInFlight() {
        return lane.hasInFlight();
    }

    /** How many transactions of the wallet are in blocks up to that one; payments that wait for it go on. */
    public CompletableFuture<BigInteger> nextNonceAt(BlockRef head) {
        return rpc.nonce(creator, DefaultBlockParameter.valueOf(head.number())).thenApply(nonce -> {
            lane.onNextNonce(nonce);
            return nonce;
        });
    }

    /** What became of a payment; see {@link FateFinder#find}. */
    public CompletableFuture<Optional<PaymentFate>> fateOf(List<Payment> variants, BlockRef head) {
        return fates.find(variants, head);
    }

    /** Cancels a task as soon as the contract allows it; see {@link Cancellation#cancel}. */
    public CompletableFuture<Payment> cancel(BigInteger taskId, Function<Payment, CompletionStage<Void>> beforeSend) {
        return new Cancellation(rpc, lane, settings.contractAddress(), creator, clock, scheduler, beforeSend)
                .cancel(taskId);
    }

    /** What a transaction that is in a block cost in gas, in wei. */
    public CompletableFuture<BigInteger> gasPaid(String transactionHash) {
        return rpc.receipt(transactionHash).thenApply(receipt -> receipt.map(ChainRpc::gasPaid)
                .orElseThrow(() ->
                        new CompletionException(new IOException("The node has no receipt of " + transactionHash))));
    }

    /** What provably came back of a fee; see {@link RefundProof#find}. */
    public CompletableFuture<Optional<BigInteger>> refundOf(
            BigInteger taskId, BigInteger fee, BlockRef createdIn, BlockRef endedIn) {
        return new RefundProof(rpc, settings.contractAddress(), creator).find(taskId, fee, createdIn, endedIn);
    }

    /** The wallet's balance in wei. */
    public CompletableFuture<BigInteger> balance() {
        return rpc.balance(creator, DefaultBlockParameterName.LATEST);
    }

    /** The contract's address, lower-case. */
    public String contract() {
        return settings.contractAddress();
    }

    /** The wallet's address, lower-case. */
    public String creator() {
        return creator;
    }

    /** Stops to follow and to sign; the wallet is free for another client. */
    public void disconnect() {
        stopFollowing();
        if (lane != null) {
            lane.close();
        }
        LaneClaims.release(this);
    }
}
