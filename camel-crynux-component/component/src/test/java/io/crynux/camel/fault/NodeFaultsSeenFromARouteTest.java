// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.fault;

import io.crynux.camel.CrynuxConstants;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.error.TransactionRevertedException;
import io.crynux.devnet.CrynuxDevnetBuilder;
import io.crynux.devnet.Faults;
import io.crynux.devnet.contract.ContractSettings;
import io.crynux.devnet.fault.Fault;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** What nodes do wrong costs what the contract says, and what came back is told where it is proven. */
class NodeFaultsSeenFromARouteTest extends FaultsSeenFromARoute {
    private static final String ABORTED = "The network aborted task … (transaction …): ";
    private static final String IN_TIME =
            "task … (transaction …) did not end before the deadline; it was UPLOADED. The fee of"
                    + " 30 CNX was paid. The task goes on in the network and may still succeed, or be cancelled once the contract"
                    + " allows it";
    private static final BigInteger CNX = BigInteger.TEN.pow(18);
    private static final String ANOTHER = "`maxAttempts` pays for another task; ";

    /** Room for the stranger's task that waits while nodes are busy, and for the route's. */
    @Override
    CrynuxDevnetBuilder network() {
        return super.network().contract(ContractSettings.defaults().withQueueSize(2));
    }

    static Stream<FaultCase> cases() {
        return Stream.of(results(), silence(), queue()).flatMap(cases -> cases);
    }

    private static Stream<FaultCase> results() {
        return Stream.of(
                FaultCase.of("nodes.cheat", "one of three")
                        .when(struck("20s", faults -> faults.nodes().cheat(1)))
                        .answered()
                        .paid(1, "18", "22.8")
                        .todo("nothing; the cheating node's share comes back"),
                FaultCase.of("nodes.cheat", "two of three")
                        .when(struck("20s", faults -> faults.nodes().cheat(2)))
                        .fails(
                                TaskAbortedException.class,
                                ABORTED + "Task result illegal. The fee of 30 CNX was paid; 30 CNX of it was refunded")
                        .paid(1, "0")
                        .todo(ANOTHER + "the fee came back"),
                FaultCase.of("nodes.disagree", "always")
                        .when(struck("20s", faults -> faults.nodes().disagree()))
                        .fails(
                                TaskAbortedException.class,
                                ABORTED + "Task result illegal. The fee of 30 CNX was paid; 30 CNX of it was refunded")
                        .paid(1, "0")
                        .todo(ANOTHER + "the fee came back"),
                FaultCase.of("nodes.fail", "one of three")
                        .when(struck("20s", faults -> faults.nodes().fail(1)))
                        .answered()
                        .paid(1, "18", "22.8")
                        .todo("nothing; the failing node's share comes back"),
                failing(2),
                failing(3));
    }

    private static FaultCase failing(int nodes) {
        return FaultCase.of("nodes.fail", (nodes == 2 ? "two" : "three") + " of three")
                .when(struck("20s", faults -> faults.nodes().fail(nodes)))
                .fails(
                        TaskAbortedException.class,
                        ABORTED + "Task error reported. The fee of 30 CNX was paid; 0 CNX of it was refunded")
                .paid(1, "30")
                .todo("see whether the model and its parameters can be computed; " + ANOTHER + "each costs its fee");
    }

    private static Stream<FaultCase> silence() {
        return Stream.of(
                FaultCase.of("nodes.neverAnswer", "for a while")
                        .when(struck(
                                "20s", faults -> faults.nodes().neverAnswer(1).during(Duration.ofSeconds(1))))
                        .answered(),
                FaultCase.of("nodes.neverAnswer", "for ever")
                        .when(struck("3s", faults -> faults.nodes().neverAnswer(1)))
                        .fails(TaskTimeoutException.class, IN_TIME)
                        .paid(1, "30")
                        .todo("raise `taskTimeout`, or set `cancelOnTimeout`"),
                FaultCase.of(
                                "nodes.neverAnswer, advanceTime",
                                "for ever, with `cancelOnTimeout`, 15 minutes after its start")
                        .with(crynux -> crynux.getConfiguration().setCancelOnTimeout(true))
                        .when(NodeFaultsSeenFromARouteTest::cancelled)
                        .fails(
                                TaskAbortedException.class,
                                ABORTED + "Task Cancelled. The fee of 30 CNX was paid; 30 CNX of it was refunded")
                        .paid(2, "0")
                        .todo("nothing; the cancellation costs gas"),
                FaultCase.of("nodes.neverUpload", "for a while")
                        .when(struck(
                                "20s", faults -> faults.nodes().neverUpload().during(Duration.ofSeconds(2))))
                        .answered(),
                FaultCase.of("nodes.uploadLate", "by 1 s")
                        .when(struck("20s", faults -> faults.nodes().uploadLate(Duration.ofSeconds(1))))
                        .answered(),
                FaultCase.of("nodes.neverUpload", "for ever")
                        .when(struck("3s", faults -> faults.nodes().neverUpload()))
                        .fails(
                                TaskTimeoutException.class,
                                "task … (transaction …) succeeded, but its result had not come when the deadline passed. The"
                                        + " fee of 30 CNX was paid")
                        .paid(1, "30")
                        .todo("raise `taskTimeout`"));
    }

    private static Exchange cancelled(FaultyRoute route) throws Exception {
        route.faults().nodes().neverAnswer(1);
        CompletableFuture<Exchange> exchange = route.askWithin("2s");
        route.awaitParameters();
        route.chain().advanceTime(Duration.ofMinutes(16));
        return FaultyRoute.end(exchange);
    }

    private static Stream<FaultCase> queue() {
        return Stream.of(
                FaultCase.of("nodes.pause", "for a while")
                        .when(route -> {
                            Fault pause = paused(route);
                            CompletableFuture<Exchange> exchange = route.ask();
                            route.awaitParameters();
                            pause.end();
                            return FaultyRoute.end(exchange);
                        })
                        .answered(),
                FaultCase.of("nodes.pause", "for ever")
                        .when(route -> {
                            paused(route);
                            return FaultyRoute.end(route.askWithin("3s"));
                        })
                        .fails(TaskTimeoutException.class, IN_TIME)
                        .paid(1, "30")
                        .todo("offer a higher `taskFee`; raise `taskTimeout`, or set `cancelOnTimeout`"),
                FaultCase.of("nodes.pause", "for ever, with `cancelOnTimeout`")
                        .with(crynux -> crynux.getConfiguration().setCancelOnTimeout(true))
                        .when(route -> {
                            paused(route);
                            return FaultyRoute.end(route.askWithin("2s"));
                        })
                        .fails(
                                TaskAbortedException.class,
                                ABORTED + "Task Cancelled. The fee of 30 CNX was paid; 30 CNX of it was refunded")
                        .paid(2, "0")
                        .todo("nothing; the cancellation costs gas"),
                FaultCase.of(
                                "nodes.pause",
                                "and the queue is full: a task that pays more throws this one out (fees of 20, 25 and 30 CNX, one wallet)")
                        .when(route -> {
                            Fault pause = paused(route);
                            CompletableFuture<Exchange> cheap = route.ask(Map.of(CrynuxConstants.TASK_FEE, "20"));
                            route.awaitParameters();
                            CompletableFuture<Exchange> dearer = route.ask(Map.of(CrynuxConstants.TASK_FEE, "25"));
                            CompletableFuture<Exchange> dearest = route.ask();
                            Exchange evicted = FaultyRoute.end(cheap);
                            pause.end();
                            FaultyRoute.end(dearer);
                            FaultyRoute.end(dearest);
                            return evicted;
                        })
                        .fails(
                                TaskAbortedException.class,
                                ABORTED + "Task fee is too low. The fee of 20 CNX was paid; 0 CNX of it was refunded")
                        .paid(3, "75")
                        .todo("offer more"),
                FaultCase.of("nodes.busy", "for a while")
                        .when(struck("20s", faults -> faults.nodes().busy().during(Duration.ofSeconds(1))))
                        .answered(),
                FaultCase.of("nodes.fullQueue", "of tasks that pay more")
                        .when(route -> {
                            route.faults().nodes().fullQueue(CNX.multiply(BigInteger.valueOf(40)));
                            route.awaitBusyNodes();
                            return FaultyRoute.end(route.ask());
                        })
                        .fails(
                                TaskAbortedException.class,
                                ABORTED + "Task fee is too low. The fee of 30 CNX was paid; 0 CNX of it was refunded")
                        .paid(1, "30")
                        .todo("offer more"),
                FaultCase.of("contract.outOfGas", "always")
                        .when(struck("20s", faults -> faults.contract().outOfGas()))
                        .fails(
                                TransactionRevertedException.class,
                                "The contract reverted the payment of the task (transaction …): out of gas: 1500000 of a gas"
                                        + " limit of 1500000 were used; set gasLimit higher. The fee of 30 CNX was not spent;"
                                        + " the gas was")
                        .paid(1, "0")
                        .todo("raise `gasLimit`"),
                FaultCase.of("nodes.pause", "and the contract reverts: `cap` is 0")
                        .when(route -> {
                            paused(route);
                            return FaultyRoute.end(route.ask(Map.of(CrynuxConstants.CAP, 0)));
                        })
                        .fails(
                                TransactionRevertedException.class,
                                "The contract reverted the payment of the task (transaction …): Panic(0x12): division by zero,"
                                        + " as for cap 0 while no node is free. The fee of 30 CNX was not spent; the gas was")
                        .paid(1, "0")
                        .todo("what the reason says"));
    }

    /** Nodes pause when they are free, and a block or two later. */
    private static Fault paused(FaultyRoute route) {
        Fault pause = route.faults().nodes().pause();
        route.awaitPausedNodes();
        return pause;
    }

    private static FaultCase.Script struck(String timeout, Consumer<Faults> fault) {
        return route -> {
            fault.accept(route.faults());
            return FaultyRoute.end(route.askWithin(timeout));
        };
    }
}
