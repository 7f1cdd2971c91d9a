// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import io.crynux.devnet.chain.ChainAccess;
import io.crynux.devnet.result.TaskImpossibleException;
import io.crynux.devnet.result.TaskKind;
import io.crynux.devnet.result.TaskOutput;
import io.crynux.devnet.result.Workshop;
import io.crynux.devnet.state.Transition;
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
 * The simulated nodes. Each waits until the contract chooses it for a task, reads the parameters from the Relay, computes the
 * result and completes the task. The nodes agree unless a fault is on. They have no threads of their own.
 */
public final class NodePool {
    private static final Logger LOG = LoggerFactory.getLogger(NodePool.class);

    /** How often nodes look whether their transactions still are on the chain, and try again what failed. */
    private static final Duration LOOKS = Duration.ofMillis(200);

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
    private volatile String stranger = "";
    private volatile Consumer<Transition<NodeState, NodeEvent>> observer = move -> {};

    /**
     * Starts the nodes: they follow the chain by {@code feed} from now on. The caller lets them join the contract.
     *
     * @param contract the address of the Task contract
     * @param scheduler runs all nodes; not closed by the pool
     * @param workTime time that a node takes to compute a task
     * @param workshop makes the results
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
        feed.subscribe(new ChainEvents());
        relay.onParameters(id -> work(id, work -> work.jobs().forEach(job -> begin(work, job))));
        scheduler.scheduleWithFixedDelay(this::look, LOOKS.toNanos(), LOOKS.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Makes nodes do nothing for tasks of this creator while {@link NodeFaults#crowded}, and report an error afterwards: these
     * tasks have no parameters.
     */
    public void occupyWithTasksOf(String creator) {
        stranger = creator;
    }

    /** The faults of the nodes. */
    public NodeFaults faults() {
        return faults;
    }

    /** Has the observer hear of each node's transitions from now on. */
    void onTransition(Consumer<Transition<NodeState, NodeEvent>> newObserver) {
        observer = newObserver;
    }

    private void look() {
        works.working().stream().flatMap(work -> work.jobs().stream()).forEach(job -> guarded(job::look));
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
        TaskWork work = works.open(id, () -> new TaskWork(id, kind.get(), event.taskHash(), plan(event)));
        var job = new NodeJob(id, event.round(), node, work.plan(), new Outside(work));
        work.add(job);
        begin(work, job);
    }

    private TaskPlan plan(TaskEvent.Started event) {
        return event.creator().equals(stranger) ? faults.strangersPlan() : faults.plan();
    }

    /** Starts when the parameters are there; the Relay's call and the chain's event may arrive in either order. */
    private void begin(TaskWork work, NodeJob job) {
        if (job.role().kind() == NodeRole.Kind.OCCUPIED) {
            job.impossible();
            return;
        }
        // The Relay is behind the chain: after a reorg it may still have the parameters of another task with this id.
        relay.parameters(work.id())
                .filter(parameters -> hash(parameters).equals(work.taskHash()))
                .ifPresent(parameters -> {
                    if (job.role().kind() == NodeRole.Kind.FAILING) {
                        job.impossible();
                    } else {
                        job.parametersFound(parameters);
                    }
                });
    }

    private static String hash(String parameters) {
        return Numeric.toHexString(Hash.sha3(parameters.getBytes(StandardCharsets.UTF_8)));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback deals with the failure
    private void compute(TaskWork work, NodeJob job, String parameters) {
        work.output(workshop, parameters).whenComplete((output, failure) -> {
            if (failure == null) {
                job.computed(output);
            } else {
                if (failure instanceof TaskImpossibleException) {
                    LOG.info("Task {}: {}", work.id(), failure.getMessage());
                } else {
                    LOG.error("Task {} cannot be computed", work.id(), failure);
                }
                job.impossible();
            }
        });
    }

    private void startReverted(BigInteger taskId, String node) {
        work(taskId, work -> {
            work.job(node).ifPresent(NodeJob::release);
            if (work.remove(node)) {
                works.remove(taskId);
            }
        });
    }

    private void all(BigInteger taskId, Consumer<NodeJob> event) {
        work(taskId, work -> work.jobs().forEach(event));
    }

    private void one(BigInteger taskId, String node, Consumer<NodeJob> event) {
        work(taskId, work -> work.job(node).ifPresent(event));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // guarded: the future has no failure to report
    private void later(Duration delay, Runnable step) {
        scheduler.schedule(() -> guarded(step), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A scheduler reports no failure, and runs nothing again that has failed. */
    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("A node's step failed", e);
        }
    }

    private final class ChainEvents implements TaskEventListener {
        @Override
        public void added(TaskEvent event) {
            if (event instanceof TaskEvent.Started started) {
                started(started);
            } else if (event instanceof TaskEvent.CommitmentsReady) {
                all(event.taskId(), NodeJob::commitmentsReady);
            } else if (event instanceof TaskEvent.Success success) {
                one(event.taskId(), success.resultNode(), NodeJob::chosen);
            } else if (event instanceof TaskEvent.Aborted) {
                all(event.taskId(), NodeJob::aborted);
            } else if (event instanceof TaskEvent.NodeReleased released) {
                one(event.taskId(), released.node(), NodeJob::release);
            }
        }

        @Override
        public void removed(TaskEvent event) {
            if (event instanceof TaskEvent.Started started) {
                startReverted(started.taskId(), started.node());
            } else if (event instanceof TaskEvent.CommitmentsReady) {
                all(event.taskId(), NodeJob::commitmentsReverted);
            } else if (event instanceof TaskEvent.Success success) {
                one(event.taskId(), success.resultNode(), NodeJob::successReverted);
            } else if (event instanceof TaskEvent.Aborted) {
                all(event.taskId(), NodeJob::abortReverted);
            } else if (event instanceof TaskEvent.NodeReleased released) {
                one(event.taskId(), released.node(), NodeJob::releaseReverted);
            }
        }
    }

    /** What the nodes of one task need. */
    private final class Outside implements NodeJob.Surroundings {
        private final TaskWork work;

        Outside(TaskWork work) {
            this.work = work;
        }

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
        public void upload(TaskOutput output, SimulatedNode node) {
            relay.uploadResults(work.id(), output.files(), node.account());
        }

        @Override
        public void begin(NodeJob job) {
            later(Duration.ZERO, () -> {
                works.resume(work);
                NodePool.this.begin(work, job);
            });
        }

        @Override
        public void compute(NodeJob job, String parameters) {
            later(workTime, () -> NodePool.this.compute(work, job, parameters));
        }

        @Override
        public void released(NodeJob job) {
            later(Duration.ZERO, () -> works.restIfReleased(work));
        }

        @Override
        public void advanceSoon(NodeJob job) {
            later(Duration.ZERO, job::advance);
        }

        @Override
        public void moved(NodeJob job, Transition<NodeState, NodeEvent> move) {
            LOG.trace("Task {}, node {}: {}", work.id(), job.node().address(), move);
            observer.accept(move);
        }
    }
}
