// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.internal.contract.ChainTerms;
import io.crynux.client.internal.contract.CreateTaskForm;
import io.crynux.client.internal.contract.RefundProof;
import io.crynux.client.internal.contract.TaskContract;
import io.crynux.client.internal.contract.TaskInfo;
import io.crynux.client.internal.evm.ChainSettings;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.internal.evm.follow.BlockListener;
import io.crynux.client.internal.evm.follow.ChainReader;
import io.crynux.client.internal.evm.follow.ChainSight;
import io.crynux.client.internal.evm.follow.HeadLooks;
import io.crynux.client.internal.evm.follow.NodeProbe;
import io.crynux.client.internal.evm.follow.SigningGate;
import io.crynux.client.internal.evm.follow.TaskEvents;
import io.crynux.client.internal.evm.lane.GasPricing;
import io.crynux.client.internal.evm.lane.LaneClaims;
import io.crynux.client.internal.evm.lane.NonceLane;
import io.crynux.client.internal.evm.lane.PaymentCalls;
import io.crynux.client.internal.evm.lane.PaymentFate;
import io.crynux.client.internal.evm.lane.PaymentSigner;
import io.crynux.client.internal.evm.lane.PaymentsInFlight;
import io.crynux.client.internal.evm.lane.SentPayment;
import io.crynux.client.internal.evm.lane.WalletFunds;
import io.crynux.client.internal.evm.rpc.BlockHeader;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import io.crynux.client.internal.evm.rpc.PollRpc;
import io.crynux.client.internal.evm.rpc.UnreadableAnswerException;
import io.crynux.client.internal.signing.CheckedSigner;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.observe.ChainIdentity;
import io.crynux.client.observe.ClientStatus.WalletStatus;
import io.crynux.client.settings.CreateTaskArguments;
import io.crynux.client.task.BlockRef;
import io.crynux.client.wallet.Signer;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import java.util.stream.IntStream;
import org.web3j.protocol.core.DefaultBlockParameter;

/** The Task contract on its chain, for one wallet: payments out, events in. */
public final class TaskChain {
    private final ChainReader reader;
    private final ChainSettings settings;
    private final CheckedSigner signer;
    private final Clock clock;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final ChainRpc rpc;
    private final String creator;
    private final FateFinder fates;
    private final SigningGate gate;
    // Made once it is clear which chain it is.
    private volatile NonceLane lane;
    private volatile PaymentsInFlight inFlight;
    private volatile CreateTaskArguments form;

    public TaskChain(
            ChainReader reader,
            ChainSettings settings,
            Signer signer,
            Clock clock,
            Executor executor,
            ScheduledExecutorService scheduler) {
        this.reader = reader;
        this.settings = settings;
        this.signer = new CheckedSigner(signer, executor, scheduler);
        this.clock = clock;
        this.executor = executor;
        this.scheduler = scheduler;
        this.rpc = reader.rpc();
        this.creator = signer.address().toLowerCase(Locale.ROOT);
        this.fates = new FateFinder(rpc, settings.contractAddress(), creator);
        this.gate = new SigningGate(reader.sight());
    }

    /**
     * Checks that the chain is the one that was configured, and makes payments possible.
     *
     * @return fails with a {@link NetworkException} that names the option to correct
     */
    public CompletableFuture<ChainIdentity> connect() {
        return reader.connect()
                .thenCompose(identity -> findForm(reader.code())
                        .thenCompose(found ->
                                new PaymentCalls(rpc, new GasPricing(rpc, settings.gas(), clock), creator).check())
                        .thenApply(offered -> {
                            LaneClaims.claim(identity.chainId(), identity.genesisHash(), creator, this);
                            open(identity.chainId());
                            return identity;
                        }))
                .exceptionally(error -> {
                    throw ChainReader.connectFailure(error);
                });
    }

    private CompletableFuture<Void> findForm(String code) {
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

    private void open(long chainId) {
        PaymentsInFlight payments = new PaymentsInFlight(clock);
        inFlight = payments;
        lane = new NonceLane(
                rpc,
                creator,
                new GasPricing(rpc, settings.gas(), clock),
                new PaymentSigner(signer, chainId),
                payments,
                new WalletFunds(rpc, creator, payments, clock),
                settings,
                executor);
    }

    /** Passes blocks to the listener; see {@link ChainReader#follow(BigInteger, BlockListener)}. */
    public CompletableFuture<BlockRef> follow(BigInteger after, BlockListener listener) {
        gate.probe(NodeProbe.ofFollowing(rpc, settings, reader));
        return reader.follow(after, listener);
    }

    /** For who looks at the chain from time to time and does not follow it. */
    public HeadLooks looks() {
        gate.probe(NodeProbe.ofPolling(rpc, settings));
        return new HeadLooks(
                new PollRpc(rpc), () -> NodeProbe.ofPolling(rpc, settings).atStart(scheduler));
    }

    /** How given tasks ended, for the same. */
    public TaskEvents taskEvents() {
        return new TaskEvents(new PollRpc(rpc), settings.contractAddress());
    }

    /** What the contract has of tasks by the newest block, in their order. */
    public CompletableFuture<List<TaskInfo>> tasks(List<BigInteger> taskIds) {
        return new PollRpc(rpc)
                .call(
                        settings.contractAddress(),
                        taskIds.stream().map(TaskContract::getTask).toList())
                .thenApply(answers -> IntStream.range(0, taskIds.size())
                        .mapToObj(i -> info(taskIds.get(i), answers.get(i)))
                        .toList());
    }

    private static TaskInfo info(BigInteger taskId, String answer) {
        try {
            return TaskInfo.read(answer);
        } catch (RuntimeException e) {
            throw new CompletionException(new UnreadableAnswerException("getTask of task " + taskId, e));
        }
    }

    /**
     * For how long the chain has stood still although nothing holds it up: nodes answered without a break that there is no new
     * block, and none of the wallet's payments waits for one.
     */
    public Duration stillFor() {
        return hasPaymentsInFlight() ? Duration.ZERO : reader.stillFor();
    }

    /** Whether the chain is read at several endpoints. */
    public boolean hasSeveralNodes() {
        return settings.rpcUrls().size() > 1;
    }

    /** The number of the newest block that a node calls safe, finalized or by another such name. */
    public CompletableFuture<BigInteger> numberOf(String blockTag) {
        return rpc.block(DefaultBlockParameter.valueOf(blockTag)).thenApply(BlockHeader::number);
    }

    /** Whether it can be seen what happens on the chain; to be told by who looks at it with {@link #looks}. */
    public ChainSight sight() {
        return reader.sight();
    }

    /**
     * Pays for a task; see {@link NonceLane#pay}. Fails with an {@link InvalidTaskException} when the deployment cannot do
     * what is asked, with nothing signed, and with an IOException while the chain cannot be read, with nothing signed either.
     */
    public CompletableFuture<SentPayment> pay(
            TaskOrder order,
            BigInteger only,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend) {
        if (!ChainTerms.of(order.terms()).gpuName().isEmpty() && form == CreateTaskArguments.FIVE) {
            return CompletableFuture.failedFuture(
                    new InvalidTaskException(
                            "gpuName is '" + ChainTerms.of(order.terms()).gpuName()
                                    + "', but the createTask of the contract " + settings.contractAddress()
                                    + " names no GPU (5 arguments). Nothing was spent; leave gpuName out, or use a later deployment"));
        }
        return gate.pass()
                .thenCompose(open -> lane.pay(
                        only,
                        settings.contractAddress(),
                        order.feeWei(),
                        TaskContract.createTask(order, form),
                        gate.before(beforeSign),
                        beforeSend));
    }

    /**
     * Makes another variant of a payment; see {@link NonceLane#replace}. None while the chain cannot be read: the payment may
     * be in a block.
     */
    public CompletableFuture<Boolean> replace(
            List<Payment> variants,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend) {
        return gate.isShut()
                ? CompletableFuture.completedFuture(false)
                : lane.replace(variants, gate.before(beforeSign), beforeSend);
    }

    /** A payment that was signed before occupies its nonce. */
    public void occupy(Payment payment) {
        lane.occupy(payment);
    }

    /** A payment that was refused occupies nothing; see {@link NonceLane#rememberRefused}. */
    public void rememberRefused(Payment payment) {
        lane.rememberRefused(payment);
    }

    /**
     * A nonce of the wallet that the chain expects and no payment of ours has, although later ones wait; null when none is
     * missing.
     */
    public BigInteger missingNonce() {
        PaymentsInFlight payments = inFlight;
        return payments == null ? null : payments.missing();
    }

    /** What the node said against the payment with that nonce when it was sent; null where nothing. */
    public String objectionTo(BigInteger nonce) {
        PaymentsInFlight payments = inFlight;
        return payments == null ? null : payments.objectionTo(nonce);
    }

    /** Sends a payment again; an answer that says that it is known or mined counts as success. */
    public CompletableFuture<Void> resend(Payment payment) {
        return rpc.send(payment.rawTransaction()).thenAccept(hash -> inFlight.taken(payment.nonce()));
    }

    /** Whether payments are in no block, as far as the blocks up to the last look tell. */
    public boolean hasPaymentsInFlight() {
        return lane.hasInFlight();
    }

    /** How many of the wallet's payments are in no block, as far as the blocks up to the last look tell. */
    public int pendingPayments() {
        PaymentsInFlight payments = inFlight;
        return payments == null ? 0 : payments.count();
    }

    /** Since when the first of these is on its way, as far as this process knows; null when there is none. */
    public Instant pendingSince() {
        PaymentsInFlight payments = inFlight;
        return payments == null ? null : payments.firstSince();
    }

    /**
     * What the wallet has and what a payment takes, asked now. Fails with a
     * {@link io.crynux.client.error.BudgetExceededException} while gas costs more than maxGasPrice allows.
     */
    public CompletableFuture<WalletStatus> wallet() {
        // A pricing of its own: the lane's is not for concurrent use.
        GasPricing pricing = new GasPricing(rpc, settings.gas(), clock);
        return reader.connect().thenCompose(identity -> rpc.account(creator)).thenCompose(account -> pricing.current()
                .thenApply(price -> {
                    PaymentsInFlight payments = inFlight;
                    return new WalletStatus(
                            account.balance(),
                            payments == null ? BigInteger.ZERO : payments.mostCostFrom(account.nextNonce()),
                            settings.gas().gasLimit().multiply(price.maxFee()));
                }));
    }

    /** How many transactions of the wallet are in blocks up to that one; payments that wait for it go on. */
    public CompletableFuture<BigInteger> nextNonceAt(BlockRef head) {
        return rpc.nonce(creator, DefaultBlockParameter.valueOf(head.number())).thenApply(nonce -> {
            lane.onNextNonce(nonce);
            return nonce;
        });
    }

    /** The same, and nothing goes on: for who cannot read the blocks up to that one. */
    public CompletableFuture<BigInteger> nonceAt(BlockRef head) {
        return rpc.nonce(creator, DefaultBlockParameter.valueOf(head.number()));
    }

    /** A receipt shows that the contract has logs in that block; who follows reads them, whatever the block's bloom says. */
    public void expectLogs(BlockRef block) {
        reader.expectLogs(block);
    }

    /** What became of a payment; see {@link FateFinder#find}. */
    public CompletableFuture<Optional<PaymentFate>> fateOf(List<Payment> variants, BlockRef head) {
        return fates.find(variants, head);
    }

    /**
     * Cancels a task as soon as the contract allows it, and the chain can be read: which task has that id is known by what was
     * read. See {@link Cancellation#cancel}.
     */
    public CompletableFuture<SentPayment> cancel(
            BigInteger taskId, Consumer<BigInteger> beforeSign, Function<Payment, CompletionStage<Void>> beforeSend) {
        return new Cancellation(
                        rpc, lane, settings.contractAddress(), creator, scheduler, gate.before(beforeSign), beforeSend)
                .cancel(taskId);
    }

    /** Fills a gap below the payments in flight, unless the chain cannot be read; see {@link NonceLane#fillGap}. */
    public CompletableFuture<Optional<SentPayment>> fillGap(
            Consumer<BigInteger> beforeSign, Function<Payment, CompletionStage<Void>> beforeSend) {
        return gate.isShut()
                ? CompletableFuture.completedFuture(Optional.empty())
                : lane.fillGap(gate.before(beforeSign), beforeSend);
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

    /** The contract's address, lower-case. */
    public String contract() {
        return settings.contractAddress();
    }

    /** The wallet's address, lower-case. */
    public String creator() {
        return creator;
    }

    /** Stops to sign; the wallet is free for another client. */
    public void disconnect() {
        if (lane != null) {
            lane.close();
        }
        LaneClaims.release(this);
    }
}
