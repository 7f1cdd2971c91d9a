// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.board.TaskBoard;
import io.crynux.devnet.board.TaskCard;
import io.crynux.devnet.board.TaskState;
import io.crynux.devnet.chain.Chain;
import io.crynux.devnet.chain.ChainView;
import io.crynux.devnet.contract.NodeStatus;
import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.relay.NetworkNode;
import io.crynux.devnet.relay.Relay;
import io.crynux.devnet.result.TaskKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Assembles the status. Its size is limited to the newest tasks and blocks and the first nodes and wallets. */
final class StatusReporter {
    /** Maximum number of tasks, of nodes and of wallets in the status. */
    static final int SHOWN = 100;

    /** However many look at the page, the devnet is asked no more often than this. */
    private static final long FRESH_NANOS = Duration.ofMillis(200).toNanos();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StatusPage.Network network;
    private final Chain chain;
    private final Relay relay;
    private final ChainView view;
    private final TaskBoard tasks;
    private final BlockBoard blocks;
    private final Supplier<List<Fault>> faults;
    private final Excerpts excerpts;
    private final InstantSource clock;
    private final RequestRates rpcRates = new RequestRates();
    private final RequestRates relayRates = new RequestRates();
    private final String devnet = UUID.randomUUID().toString();
    private final long startedAt;
    private byte[] latest;
    private long latestNanos;

    StatusReporter(
            StatusPage.Network network,
            Chain chain,
            Relay relay,
            Supplier<List<Fault>> faults,
            TaskBoard tasks,
            InstantSource clock) {
        this.network = network;
        this.chain = chain;
        this.relay = relay;
        this.view = chain.view();
        this.tasks = tasks;
        this.blocks = new BlockBoard(view, clock);
        this.faults = faults;
        this.excerpts = new Excerpts(relay);
        this.clock = clock;
        this.startedAt = clock.millis();
    }

    /** Notes when blocks came. */
    void lookAtBlocks() {
        blocks.look();
    }

    /** Reads the counters of requests; to be called once a second. */
    void countRequests() {
        rpcRates.sample(chain.rpcCounts());
        Map<String, Long> byRoute = new TreeMap<>();
        relay.requestCounts()
                .forEach((route, byStatus) -> byRoute.put(
                        route,
                        byStatus.values().stream().mapToLong(Long::longValue).sum()));
        relayRates.sample(byRoute);
    }

    /** The status as JSON, at most a moment old. */
    synchronized byte[] json() {
        long now = System.nanoTime();
        if (latest == null || now - latestNanos >= FRESH_NANOS) {
            try {
                latest = JSON.writeValueAsBytes(status());
                latestNanos = now;
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("records of numbers and strings can always be written", e);
            }
        }
        return latest;
    }

    private Status status() {
        return new Status(
                devnet,
                startedAt,
                clock.millis(),
                chainStatus(),
                taskStatus(),
                new Status.Nodes(
                        network.nodes().size(),
                        network.nodes().stream().limit(SHOWN).map(this::node).toList()),
                new Status.Wallets(
                        network.wallets().size(),
                        network.wallets().stream()
                                .limit(SHOWN)
                                .map(this::wallet)
                                .toList()),
                faults.get().stream().limit(SHOWN).map(StatusReporter::fault).toList(),
                new Status.Requests(rpcRates.rates(), relayRates.rates()));
    }

    private Status.Chain chainStatus() {
        List<BlockBoard.Shown> shown = blocks.look();
        return new Status.Chain(
                chain.chainId(),
                chain.shownRpcUrl(),
                relay.url(),
                chain.contractAddress(),
                // A reorg can have made the chain shorter: the highest block may be a replaced one.
                shown.stream()
                        .filter(block -> !block.replaced())
                        .mapToLong(BlockBoard.Shown::number)
                        .max()
                        .orElseThrow(),
                network.blockTime().toMillis(),
                view.paused(),
                view.waiting(),
                view.baseFee(),
                shown);
    }

    private Status.Tasks taskStatus() {
        Map<TaskState, Long> counts = tasks.counts();
        return new Status.Tasks(
                counts.values().stream().mapToLong(Long::longValue).sum(),
                counts,
                tasks.newest(SHOWN).stream().map(this::task).toList());
    }

    /** A task as the list has it. */
    Status.Task task(TaskCard.Facts facts) {
        Excerpts.Excerpt excerpt = excerpts.of(facts);
        int type = facts.created().taskType();
        return new Status.Task(
                facts.created().taskId(),
                TaskKind.ofTaskType(type).map(StatusReporter::name).orElse("type " + type),
                facts.state(),
                facts.abortReason(),
                facts.created().creator(),
                facts.fee(),
                facts.nodes(),
                facts.resultNode(),
                facts.transaction(),
                facts.block(),
                facts.createdAt(),
                facts.startedAt(),
                facts.resultAt(),
                facts.endedAt(),
                excerpt.uploaded(),
                excerpt.model(),
                excerpt.prompt(),
                excerpt.answer(),
                excerpt.files());
    }

    /** As routes name it, in {@code crynux:sd-ft-lora}. */
    private static String name(TaskKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Status.Node node(NetworkNode node) {
        NodeStatus status = chain.nodeStatus(node.address());
        long task = chain.nodeTask(node.address());
        return new Status.Node(
                node.address(),
                status.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                node.gpuName(),
                node.gpuVram(),
                view.wallet(node.address()).balance(),
                task == 0 ? null : Long.toString(task));
    }

    private Status.Wallet wallet(String address) {
        ChainView.Wallet wallet = view.wallet(address);
        return new Status.Wallet(address, wallet.balance(), wallet.nonce());
    }

    private static Status.FaultOn fault(Fault fault) {
        var left = fault.left();
        Optional<Duration> endsIn = fault.timeLeft();
        return new Status.FaultOn(
                fault.id(),
                fault.name(),
                fault.hits(),
                left.isPresent() ? left.getAsLong() : null,
                endsIn.map(Duration::toMillis).orElse(null));
    }
}
