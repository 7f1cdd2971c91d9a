// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import io.crynux.devnet.chain.ChainAccess;
import io.crynux.devnet.result.TaskImpossibleException;
import io.crynux.devnet.result.TaskKind;
import io.crynux.devnet.result.TaskOutput;
import io.crynux.devnet.result.Workshop;
import io.crynux.devnet.watch.TaskEvent;
import io.crynux.devnet.watch.TaskEventFeed;
import io.crynux.devnet.watch.TaskEventListener;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/**
 * The simulated nodes. Each waits until the chain chooses it for a task, reads the parameters from the Relay, takes
 * its time, and brings the task to its end. They agree, unless {@link #faults} says otherwise. No node has a thread of its
 * own.
 */
public final class NodePool {
    private static final Logger LOG = LoggerFactory.getLogger(NodePool.class);

    private final ChainAccess chain;
    private final String contract;
    private final NodeRelay relay;
    private final TaskEventFeed feed;
    private final ScheduledExecutorService scheduler;
    private final Duration workTime;
    private final Map<String, SimulatedNode> nodes;
    private final Workshop workshop;
    private final TaskWorks works = new TaskWorks();
    private final NodeFaults faults = new NodeFaults();
    private final NodeJob.Surroundings around = new Outside();
    private volatile String stranger = "";

    /**
     * Puts the nodes to work: they hear of the chain by {@code feed} from now on. They do not join the contract; that is
     * for the caller.
     *
     * @param contract the address of the Task contract
     * @param scheduler runs all nodes; not closed by the pool
     * @param workTime how long a node seems to compute
     * @param workshop makes what the nodes seem to compute
     */
    public NodePool(
            ChainAccess chain,
            String contract,
            NodeRelay relay,
            TaskEventFeed feed,
            ScheduledExecutorService scheduler,
            Duration workTime,
            Workshop workshop,
            List<SimulatedNode> nodes) {
        this.chain = chain;
        this.contract = contract;
        this.relay = relay;
        this.feed = feed;
        this.scheduler = scheduler;
        this.workTime = workTime;
        this.workshop = workshop;
        this.nodes = nodes.stream().collect(Collectors.toUnmodifiableMap(SimulatedNode::address, Function.identity()));
        feed.subscribe(new Ear());
        relay.onParameters(id -> work(id, work -> work.jobs().forEach(job -> begin(work, job))));
    }

    /**
     * Has nodes do nothing on tasks of that creator while {@link NodeFaults#crowded}, and report an error otherwise, as nobody
     * uploads their parameters.
     */
    public void occupyWithTasksOf(String creator) {
        stranger = creator;
    }

    /** What the nodes do wrong. */
    public NodeFaults faults() {
        return faults;
    }

    private void work(BigInteger taskId, Consumer<TaskWork> step) {
        works.find(taskId).ifPresent(step);
    }

    private void started(TaskEvent.Started event) {
        SimulatedNode node = nodes.get(event.node());
        Optional<TaskKind> kind = TaskKind.ofTaskType(event.taskType());
        if (node == null || kind.isEmpty()) {
            return;
        }
        BigInteger id = event.taskId();
        boolean strange = event.creator().equals(stranger);
        TaskWork work = works.open(
                id,
                () -> new TaskWork(id, kind.get(), event.taskHash(), strange ? faults.strangersPlan() : faults.plan()));
        var job = new NodeJob(id, event.round(), node, work.plan(), around);
        work.add(job);
        job.watch();
        if (strange) {
            job.impossible();
        }
        begin(work, job);
    }

    /** Begins when the parameters are there; the Relay's call and the chain's event may come in either order. */
    private void begin(TaskWork work, NodeJob job) {
        // The Relay is behind the chain: after a reorg it may still have the parameters of another task with this id.
        relay.parameters(work.id())
                .filter(args -> hash(args).equals(work.taskHash()))
                .ifPresent(args -> {
                    if (!job.begin()) {
                        return;
                    }
                    if (job.role().failing()) {
                        job.impossible();
                        around.later(Duration.ZERO, job::advance);
                    } else {
                        around.later(workTime, () -> compute(work, job, args));
                    }
                });
    }

    private static String hash(String args) {
        return Numeric.toHexString(Hash.sha3(args.getBytes(StandardCharsets.UTF_8)));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback deals with the failure
    private void compute(TaskWork work, NodeJob job, String args) {
        work.output(workshop, args).whenComplete((output, failure) -> {
            if (failure == null) {
                job.output(output);
            } else {
                if (failure instanceof TaskImpossibleException) {
                    LOG.info("Task {}: {}", work.id(), failure.getMessage());
                } else {
                    LOG.error("Task {} cannot be computed", work.id(), failure);
                }
                job.impossible();
            }
            around.later(Duration.ZERO, job::advance);
        });
    }

    private void released(BigInteger taskId, String node) {
        work(taskId, work -> {
            work.job(node).ifPresent(NodeJob::release);
            if (work.allReleased()) {
                works.rest(work);
            }
        });
    }

    private void releaseTakenBack(BigInteger taskId, String node) {
        work(taskId, work -> work.job(node).ifPresent(job -> {
            works.open(taskId, () -> work);
            job.resume();
            begin(work, job);
        }));
    }

    private void startTakenBack(BigInteger taskId, String node) {
        work(taskId, work -> {
            work.job(node).ifPresent(NodeJob::release);
            if (work.remove(node)) {
                works.remove(taskId);
            }
        });
    }

    private void change(BigInteger taskId, Consumer<NodeJob> fact) {
        work(taskId, work -> work.jobs().forEach(job -> change(job, fact)));
    }

    private void change(NodeJob job, Consumer<NodeJob> fact) {
        fact.accept(job);
        around.later(Duration.ZERO, job::advance);
    }

    private final class Ear implements TaskEventListener {
        @Override
        public void added(TaskEvent event) {
            if (event instanceof TaskEvent.Started started) {
                started(started);
            } else if (event instanceof TaskEvent.CommitmentsReady) {
                change(event.taskId(), job -> job.commitmentsReady(true));
            } else if (event instanceof TaskEvent.Success success) {
                chosen(success, true);
            } else if (event instanceof TaskEvent.Aborted) {
                change(event.taskId(), job -> job.aborted(true));
            } else if (event instanceof TaskEvent.NodeReleased released) {
                released(released.taskId(), released.node());
            }
        }

        @Override
        public void removed(TaskEvent event) {
            if (event instanceof TaskEvent.Started started) {
                startTakenBack(started.taskId(), started.node());
            } else if (event instanceof TaskEvent.CommitmentsReady) {
                change(event.taskId(), job -> job.commitmentsReady(false));
            } else if (event instanceof TaskEvent.Success success) {
                chosen(success, false);
            } else if (event instanceof TaskEvent.Aborted) {
                change(event.taskId(), job -> job.aborted(false));
            } else if (event instanceof TaskEvent.NodeReleased released) {
                releaseTakenBack(released.taskId(), released.node());
            }
        }

        private void chosen(TaskEvent.Success success, boolean now) {
            work(success.taskId(), work -> work.job(success.resultNode())
                    .ifPresent(job -> change(job, chosen -> chosen.chosen(now))));
        }
    }

    private final class Outside implements NodeJob.Surroundings {
        @Override
        public String send(SimulatedNode node, String data) {
            return chain.send(node.account(), contract, data, BigInteger.ZERO);
        }

        @Override
        public ChainAccess.Fate fate(String transactionHash) {
            return chain.fate(transactionHash);
        }

        @Override
        public void catchUp() {
            feed.catchUp();
        }

        @Override
        public void upload(BigInteger taskId, TaskOutput output, SimulatedNode node)
                throws NodeRelay.NotAcceptedException {
            relay.uploadResults(taskId, output.files(), node.account());
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // guarded: nothing is left for the future to tell
        public void later(Duration delay, Runnable step) {
            scheduler.schedule(() -> guarded(step), delay.toNanos(), TimeUnit.NANOSECONDS);
        }

        /** A scheduler keeps a failure to itself. */
        private void guarded(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException e) {
                LOG.error("A node's step failed", e);
            }
        }
    }
}
