// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.internal.spool.Spool;
import io.crynux.client.journal.NetworkIdentity;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.Content;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The chain and the Relay of the classic network in memory, for one wallet: blocks are mined, and reverted, when the test says so.
 * What it knows outlives the clients that follow it. Belongs to the test's thread.
 */
final class ScriptedChain implements ClassicNetwork {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};

    /** Then the price is at its limit. */
    private static final int MOST_REPLACEMENTS = 2;

    /** What becomes of payments that are sent from now on. */
    enum Sending {
        TAKEN,
        /** The node's answer does not come before {@link #answer}. */
        UNANSWERED,
        /** The node proves that it does not take them. */
        REFUSED,
        /** Nothing can be signed, for a reason that may pass. */
        UNREACHABLE,
        /** Nothing can be signed, for good. */
        FAILING
    }

    /** A block, and what it says of this wallet's transactions and tasks. */
    private record Block(BlockRef ref, List<NetworkEvent> events) {}

    private final Deque<Block> blocks = new ArrayDeque<>();
    private final Map<String, Payment> sent = new LinkedHashMap<>();
    /** Of payments that were refused: the next one takes the lowest. */
    private final NavigableSet<BigInteger> freeNonces = new TreeSet<>();

    private final Map<String, List<Payment>> watched = new HashMap<>();
    private final List<CompletableFuture<SendOutcome>> unanswered = new ArrayList<>();
    private final List<CompletableFuture<Void>> uploads = new ArrayList<>();
    private final List<CompletableFuture<Void>> costs = new ArrayList<>();
    private final List<CompletableFuture<Void>> followers = new ArrayList<>();
    /** The tasks of cancelTask transactions, by nonce. */
    private final Map<BigInteger, BigInteger> cancellations = new HashMap<>();

    private Consumer<NetworkEvent> listener = event -> {};
    private Sending sending = Sending.TAKEN;
    private boolean uploading = true;
    private boolean countsGas = true;
    private boolean findsCosts = true;
    private boolean readable = true;
    private boolean laneBehind;
    private BigInteger refund;
    private int nextNonce;
    private long taskIds;
    private long hashes;
    private int resent;

    ScriptedChain() {
        blocks.addLast(new Block(new BlockRef(BigInteger.valueOf(1000), "block-genesis"), List.of()));
    }

    void sending(Sending next) {
        sending = next;
    }

    /** Answers payments whose answer is due. */
    void answer(SendOutcome outcome) {
        List<CompletableFuture<SendOutcome>> due = List.copyOf(unanswered);
        unanswered.clear();
        due.forEach(answer -> answer.complete(outcome));
    }

    static SendOutcome refusal() {
        return new SendOutcome(false, new CrynuxException("The node refused the payment. Nothing was spent"));
    }

    /** Whether uploads are confirmed at once. */
    void uploading(boolean atOnce) {
        uploading = atOnce;
    }

    /** Ends the uploads that wait. */
    void endUploads(Throwable error) {
        List<CompletableFuture<Void>> due = List.copyOf(uploads);
        uploads.clear();
        due.forEach(upload -> {
            if (error == null) {
                upload.complete(null);
            } else {
                upload.completeExceptionally(error);
            }
        });
    }

    /** Uploads that were begun, wait and were not cancelled. */
    int openUploads() {
        return (int) uploads.stream().filter(upload -> !upload.isDone()).count();
    }

    /** Whether it is found out at once what tasks cost, and else whenever that is set. */
    void findsCosts(boolean atOnce) {
        findsCosts = atOnce;
        complete(costs);
    }

    /** Whether nonces count as free that the newest blocks have used. */
    void laneIsBehind(boolean behind) {
        laneBehind = behind;
    }

    /** Whether those who begin to follow have read all blocks at once, and else whenever that is set. */
    void readable(boolean atOnce) {
        readable = atOnce;
        complete(followers);
    }

    private static void complete(List<CompletableFuture<Void>> waiting) {
        List<CompletableFuture<Void>> due = List.copyOf(waiting);
        waiting.clear();
        due.forEach(future -> future.complete(null));
    }

    private static CompletableFuture<Void> when(boolean now, List<CompletableFuture<Void>> waiting) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        if (now) {
            future.complete(null);
        } else {
            waiting.add(future);
        }
        return future;
    }

    /** What comes back of the fees of aborted tasks. */
    void refunding(BigInteger wei) {
        refund = wei;
    }

    /** Whether the gas of payments can be read. */
    void countsGas(boolean counts) {
        countsGas = counts;
    }

    /** Every transaction that has left, the newest last. */
    List<Payment> sent() {
        return List.copyOf(sent.values());
    }

    /** Nonces of what has left: at most one transaction of each can be mined. */
    Set<BigInteger> nonces() {
        Set<BigInteger> all = new LinkedHashSet<>();
        sent.values().forEach(payment -> all.add(payment.nonce()));
        return all;
    }

    /** How often something was sent again. */
    int resent() {
        return resent;
    }

    /** Every task that a block in the chain has created. */
    List<BigInteger> tasks() {
        return blocks.stream()
                .flatMap(block -> block.events().stream())
                .filter(NetworkEvent.Created.class::isInstance)
                .map(event -> ((NetworkEvent.Created) event).taskId())
                .toList();
    }

    /** Mines a block with that transaction, and what it does. */
    void mine(Payment payment) {
        BigInteger cancelled = cancellations.get(payment.nonce());
        if (cancelled == null) {
            mine(create(payment));
        } else if (openTasks().contains(cancelled)) {
            mine(block -> new NetworkEvent.Mined(payment.transactionHash(), block), abort(cancelled));
        } else {
            mine(revert(payment));
        }
    }

    /** Mines a block in which these happen. */
    @SafeVarargs
    final BlockRef mine(Function<BlockRef, NetworkEvent>... events) {
        BlockRef block = new BlockRef(head().number().add(BigInteger.ONE), "block-" + ++hashes);
        List<NetworkEvent> all = new ArrayList<>();
        for (Function<BlockRef, NetworkEvent> event : events) {
            all.add(event.apply(block));
        }
        blocks.addLast(new Block(block, List.copyOf(all)));
        all.forEach(listener);
        reportSuperseded();
        listener.accept(new NetworkEvent.Head(block, Duration.ZERO));
        return block;
    }

    /** So many blocks of no interest. */
    void mine(int count) {
        for (int i = 0; i < count; i++) {
            mine();
        }
    }

    Function<BlockRef, NetworkEvent> create(Payment payment) {
        return block -> new NetworkEvent.Created(payment.transactionHash(), BigInteger.valueOf(++taskIds), block);
    }

    static Function<BlockRef, NetworkEvent> revert(Payment payment) {
        return block -> new NetworkEvent.Reverted(payment.transactionHash(), "Not enough", block);
    }

    static Function<BlockRef, NetworkEvent> succeed(BigInteger taskId) {
        return block -> new NetworkEvent.Succeeded(taskId, "node", "result", block);
    }

    static Function<BlockRef, NetworkEvent> abort(BigInteger taskId) {
        return block -> new NetworkEvent.Aborted(taskId, "Task error reported", block);
    }

    static Function<BlockRef, NetworkEvent> start(BigInteger taskId) {
        return block -> new NetworkEvent.Started(taskId, "node");
    }

    /** A transaction of somebody else with that nonce; what becomes of this wallet's one with it is found out by looking. */
    static Function<BlockRef, NetworkEvent> foreign(BigInteger nonce) {
        return block -> new NetworkEvent.Mined("foreign-" + nonce, block);
    }

    /** The nodes have uploaded the result. */
    void uploadResult(BigInteger taskId) {
        listener.accept(new NetworkEvent.ResultsUploaded(taskId));
    }

    /** Reverts the newest blocks; as many and one more, of no interest, take their place. */
    void reorganise(int count) {
        Set<String> removed = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            removed.add(blocks.removeLast().ref().hash());
        }
        listener.accept(new NetworkEvent.Removed(removed));
        mine(count + 1);
    }

    private BlockRef head() {
        return blocks.getLast().ref();
    }

    private boolean isMined(String transactionHash) {
        return blocks.stream()
                .flatMap(block -> block.events().stream())
                .anyMatch(event -> transactionHash.equals(hash(event)));
    }

    private static String hash(NetworkEvent event) {
        if (event instanceof NetworkEvent.Created created) {
            return created.transactionHash();
        }
        if (event instanceof NetworkEvent.Mined mined) {
            return mined.transactionHash();
        }
        return event instanceof NetworkEvent.Reverted reverted ? reverted.transactionHash() : null;
    }

    /** Tasks in the chain of which it does not say how they have ended. */
    List<BigInteger> openTasks() {
        Set<BigInteger> ended = new LinkedHashSet<>();
        blocks.forEach(block -> block.events().forEach(event -> {
            if (event instanceof NetworkEvent.Succeeded succeeded) {
                ended.add(succeeded.taskId());
            } else if (event instanceof NetworkEvent.Aborted aborted) {
                ended.add(aborted.taskId());
            }
        }));
        return tasks().stream().filter(task -> !ended.contains(task)).toList();
    }

    /** The newest transaction with each nonce that is not used. */
    List<Payment> waiting() {
        Map<BigInteger, Payment> newest = new LinkedHashMap<>();
        sent.values().forEach(payment -> newest.put(payment.nonce(), payment));
        return newest.values().stream()
                .filter(payment -> !isUsed(payment.nonce()))
                .toList();
    }

    /** How many tasks of those parameters are in the chain. */
    long created(String taskHash) {
        return blocks.stream()
                .flatMap(block -> block.events().stream())
                .filter(event -> event instanceof NetworkEvent.Created created
                        && created.transactionHash().startsWith("0x" + taskHash))
                .count();
    }

    int height() {
        return blocks.size();
    }

    private boolean isUsed(BigInteger nonce) {
        return blocks.stream()
                .flatMap(block -> block.events().stream())
                .map(ScriptedChain::hash)
                .filter(Objects::nonNull)
                .anyMatch(hash -> hash.equals("foreign-" + nonce)
                        || (sent.containsKey(hash) && sent.get(hash).nonce().equals(nonce)));
    }

    private boolean isKnownToBeUsed(BigInteger nonce) {
        return !laneBehind && isUsed(nonce);
    }

    /** A payment that is watched, whose nonce is used and of which no variant is mined. */
    private void reportSuperseded() {
        List.copyOf(watched.values()).stream().distinct().forEach(variants -> {
            boolean mined = variants.stream().anyMatch(variant -> isMined(variant.transactionHash()));
            if (!mined && isUsed(variants.get(0).nonce())) {
                listener.accept(new NetworkEvent.Superseded(variants.get(0).transactionHash(), head()));
            }
        });
    }

    @Override
    public String creator() {
        return "0xwallet";
    }

    @Override
    public CompletableFuture<NetworkIdentity> connect() {
        return CompletableFuture.completedFuture(
                new NetworkIdentity("chain", "1:contract", "genesis", "the scripted chain"));
    }

    @Override
    public CompletableFuture<BigInteger> numberOf(Finality.Tag tag) {
        throw new UnsupportedOperationException("Blocks are final by their depth here");
    }

    @Override
    public CompletableFuture<BlockRef> follow(BigInteger after, Consumer<NetworkEvent> newListener) {
        listener = newListener;
        if (after != null) {
            blocks.stream()
                    .filter(block -> block.ref().number().compareTo(after) > 0)
                    .flatMap(block -> block.events().stream())
                    .forEach(listener);
            reportSuperseded();
        }
        return when(readable, followers).thenApply(read -> head());
    }

    @Override
    public CompletableFuture<SendOutcome> pay(
            TaskOrder order,
            BigInteger only,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend) {
        Sending now = sending;
        if (now == Sending.UNREACHABLE) {
            return CompletableFuture.failedFuture(new NetworkException("The node does not answer", new IOException()));
        }
        if (now == Sending.FAILING) {
            return CompletableFuture.failedFuture(new CrynuxException("The signer failed. Nothing was spent"));
        }
        if (only != null && (!freeNonces.contains(only) || isKnownToBeUsed(only))) {
            return CompletableFuture.failedFuture(
                    new NetworkException("Another payment has the nonce", new IOException()));
        }
        beforeSign.accept(order.feeWei());
        BigInteger nonce = only != null
                ? only
                : freeNonces.stream()
                        .filter(free -> !isKnownToBeUsed(free))
                        .findFirst()
                        .orElseGet(() -> BigInteger.valueOf(nextNonce++));
        freeNonces.remove(nonce);
        // The same parameters, fee and nonce make the same bytes.
        return send(new Payment(nonce, "0x" + order.taskHash() + "-" + nonce, "0x00"), beforeSend, now);
    }

    private CompletableFuture<SendOutcome> send(
            Payment payment, Function<Payment, CompletionStage<Void>> beforeSend, Sending how) {
        return beforeSend.apply(payment).toCompletableFuture().thenCompose(kept -> {
            sent.put(payment.transactionHash(), payment);
            if (how == Sending.UNANSWERED) {
                CompletableFuture<SendOutcome> answer = new CompletableFuture<>();
                unanswered.add(answer);
                return answer;
            }
            return CompletableFuture.completedFuture(how == Sending.REFUSED ? refusal() : new SendOutcome(false, null));
        });
    }

    @Override
    public CompletableFuture<Void> resend(Payment payment) {
        resent++;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Boolean> replace(
            List<Payment> variants,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend) {
        if (variants.size() > MOST_REPLACEMENTS) {
            return CompletableFuture.completedFuture(false);
        }
        beforeSign.accept(BigInteger.TEN.pow(18));
        Payment last = variants.get(variants.size() - 1);
        return send(new Payment(last.nonce(), last.transactionHash() + "-dearer", "0x00"), beforeSend, Sending.TAKEN)
                .thenApply(replaced -> true);
    }

    @Override
    public void watch(List<Payment> variants, boolean wanted) {
        for (Payment payment : variants) {
            if (wanted) {
                watched.put(payment.transactionHash(), List.copyOf(variants));
            } else {
                watched.remove(payment.transactionHash());
            }
        }
    }

    @Override
    public void watchRefused(List<Payment> variants) {
        watch(variants, true);
        freeNonces.add(variants.get(0).nonce());
    }

    @Override
    public CompletableFuture<Void> upload(BigInteger taskId, TaskOrder order) {
        if (uploading) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> upload = new CompletableFuture<>();
        uploads.add(upload);
        return upload;
    }

    @Override
    public CompletableFuture<Content> download(BigInteger taskId, int number, TaskOrder order) {
        Spool spool = new Spool(order.spoolThreshold());
        try {
            spool.write(ByteBuffer.wrap(PNG));
            return CompletableFuture.completedFuture(spool.finish());
        } catch (IOException e) {
            spool.discard();
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletableFuture<SendOutcome> cancel(
            BigInteger taskId, Consumer<BigInteger> beforeSign, Function<Payment, CompletionStage<Void>> beforeSend) {
        beforeSign.accept(BigInteger.ONE);
        BigInteger nonce = BigInteger.valueOf(nextNonce++);
        cancellations.put(nonce, taskId);
        return send(new Payment(nonce, "0xcancel-" + nonce, "0x00"), beforeSend, Sending.TAKEN);
    }

    @Override
    public CompletableFuture<SendOutcome> fillGap(
            Consumer<BigInteger> beforeSign, Function<Payment, CompletionStage<Void>> beforeSend) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Optional<BigInteger>> refundOf(ChainRecord task, BlockRef abortedIn) {
        return when(findsCosts, costs).thenApply(found -> Optional.ofNullable(refund));
    }

    @Override
    public CompletableFuture<BigInteger> gasPaid(String transactionHash) {
        return countsGas
                ? when(findsCosts, costs).thenApply(found -> BigInteger.ONE)
                : CompletableFuture.failedFuture(new IOException("no receipt"));
    }

    @Override
    public int pendingPayments() {
        return 0;
    }

    @Override
    public Instant pendingSince() {
        return null;
    }

    @Override
    public BigInteger missingNonce() {
        return null;
    }

    @Override
    public String objectionTo(BigInteger nonce) {
        return null;
    }

    @Override
    public void track(BigInteger taskId, BlockRef createdIn) {}

    @Override
    public void disconnect() {
        listener = event -> {};
        watched.clear();
    }
}
