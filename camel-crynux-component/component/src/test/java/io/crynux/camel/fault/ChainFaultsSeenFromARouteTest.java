// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.camel.CrynuxConstants;
import io.crynux.client.error.InsufficientFundsException;
import io.crynux.client.error.TransactionTimeoutException;
import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.ledger.Reorg;
import io.crynux.devnet.ledger.Reorg.Transactions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** What happens to the chain costs no task and no second payment. */
class ChainFaultsSeenFromARouteTest extends FaultsSeenFromARoute {
    private static final Duration SOON = Duration.ofSeconds(20);

    static Stream<FaultCase> cases() {
        return Stream.of(reorganisations(), blocks(), money()).flatMap(cases -> cases);
    }

    private static Stream<FaultCase> reorganisations() {
        return Stream.of(
                FaultCase.of("reorg", "of the blocks in which the route started")
                        .when(route -> {
                            await().atMost(SOON)
                                    .until(() -> route.chain().access().head().number() >= 6);
                            route.chain().reorg(6);
                            return FaultyRoute.end(route.ask());
                        })
                        .answered(),
                FaultCase.of("reorg", "of the block with the payment: it is mined again")
                        .when(route -> whileWaiting(route, Transactions.MINED_AGAIN))
                        .answered(),
                FaultCase.of("reorg", "of the block with the payment: it waits again")
                        .when(route -> whileWaiting(route, Transactions.PENDING))
                        .answered(),
                FaultCase.of("reorg", "of the block with the payment: it is forgotten")
                        .when(route -> whileWaiting(route, Transactions.DROPPED))
                        .answered(),
                FaultCase.of("reorg", "after which the task has another id")
                        .when(route -> otherId(route, () -> {}))
                        .answered(),
                FaultCase.of("reorg", "after which the task has another id, while `relay.behind` lasts")
                        .when(route -> otherId(route, () -> route.faults()
                                .relay()
                                .behind(Duration.ofSeconds(2))
                                .during(Duration.ofSeconds(3))))
                        .answered(),
                FaultCase.of("reorg", "after the answer: the payment is forgotten, and sent again")
                        .with(crynux -> crynux.setFinality("1000"))
                        .when(route -> {
                            Exchange answered = FaultyRoute.end(route.ask());
                            assertThat(route.minedTransactions()).isEqualTo(1);
                            route.chain().pauseBlocks();
                            route.chain()
                                    .reorg(Reorg.of(route.blocksSinceTask()).dropping());
                            assertThat(route.minedTransactions()).isZero();
                            route.chain().resumeBlocks();
                            await().atMost(SOON).until(() -> route.minedTransactions() == 1);
                            return answered;
                        })
                        .answered());
    }

    /** The task waits for a node, and its block is taken back. */
    private static Exchange whileWaiting(FaultyRoute route, Transactions transactions) throws Exception {
        Fault pause = route.faults().nodes().pause();
        route.awaitPausedNodes();
        CompletableFuture<Exchange> exchange = route.ask();
        route.awaitParameters();
        route.chain().pauseBlocks();
        int depth = route.blocksSinceTask();
        route.chain().reorg(new Reorg(depth, depth + 1, transactions));
        route.chain().resumeBlocks();
        pause.end();
        return FaultyRoute.end(exchange);
    }

    /** Two wallets' tasks are in one block, and change places. */
    private static Exchange otherId(FaultyRoute route, Runnable beforehand) throws Exception {
        Fault pause = route.faults().nodes().pause();
        route.awaitPausedNodes();
        try (FaultyRoute neighbour = route.neighbour()) {
            route.chain().pauseBlocks();
            CompletableFuture<Exchange> exchange = route.ask();
            route.awaitPayment();
            CompletableFuture<Exchange> other = neighbour.ask();
            neighbour.awaitPayment();
            route.chain().mine();
            long before = route.awaitTask().longValueExact();
            beforehand.run();
            route.chain().reorg(Reorg.of(1).reversed());
            assertThat(route.awaitTask().longValueExact()).isNotEqualTo(before);
            route.chain().resumeBlocks();
            route.awaitParameters();
            pause.end();
            assertThat(FaultyRoute.end(other).getException()).isNull();
            return FaultyRoute.end(exchange);
        }
    }

    private static Stream<FaultCase> blocks() {
        return Stream.of(
                FaultCase.of("pauseBlocks, mine, resumeBlocks", "no block for a while")
                        .when(route -> {
                            route.chain().pauseBlocks();
                            CompletableFuture<Exchange> exchange = route.ask();
                            route.awaitPayment();
                            route.chain().mine();
                            route.chain().resumeBlocks();
                            return FaultyRoute.end(exchange);
                        })
                        .answered(),
                FaultCase.of("pauseBlocks", "no block for ever")
                        .when(route -> {
                            route.chain().pauseBlocks();
                            return FaultyRoute.end(route.askWithin("1s"));
                        })
                        .fails(
                                TransactionTimeoutException.class,
                                "The payment of the task (transaction …) was not confirmed before the deadline. It"
                                        + " may still be mined, and then costs 30 CNX; do not pay for the task again before"
                                        + " its nonce is used")
                        .todo("raise `taskTimeout`; see after the chain"),
                FaultCase.of("dropTransaction, pauseBlocks", "after `transactionTimeout`")
                        .with(crynux -> {
                            crynux.setTransactionTimeout(1000);
                            crynux.setReplaceAfter(1500);
                        })
                        .when(route -> {
                            route.chain().pauseBlocks();
                            Exchange out = FaultyRoute.end(route.ask());
                            String payment = out.getMessage().getHeader(CrynuxConstants.TRANSACTION_HASH, String.class);
                            assertThat(route.chain().dropTransaction(payment)).isTrue();
                            route.chain().resumeBlocks();
                            await().atMost(SOON).until(() -> route.minedTransactions() == 1);
                            return out;
                        })
                        .fails(
                                TransactionTimeoutException.class,
                                "The payment of the task (transaction …) is not in a block after 1 s. It may still be mined, and"
                                        + " then costs 30 CNX; the client keeps watching it and sends it again. Do not pay for the task"
                                        + " again before its nonce is used")
                        .paid(1, "30")
                        .todo(
                                "what it says: here a variant with a higher gas price was mined after `replaceAfter`. A redelivery within the"
                                        + " route joins the task"),
                FaultCase.of("advanceTime", "by an hour")
                        .when(route -> {
                            route.chain().advanceTime(Duration.ofHours(1));
                            return FaultyRoute.end(route.ask());
                        })
                        .answered());
    }

    private static Stream<FaultCase> money() {
        return Stream.of(
                FaultCase.of("fund", "not called: the wallet is empty")
                        .emptyWallet()
                        .when(route -> FaultyRoute.end(route.ask()))
                        .fails(
                                InsufficientFundsException.class,
                                "The wallet 0x… has 0 CNX; the task needs a fee of 30 CNX and up to 0.…"
                                        + " CNX for gas. Nothing was spent, and nothing signed; fund the wallet with 30.…"
                                        + " CNX or more")
                        .todo("what it says; a redelivery pays once"),
                FaultCase.of("fund", "after an exchange has failed, before it is delivered again")
                        .emptyWallet()
                        .when(route -> {
                            assertThat(FaultyRoute.end(route.ask()).getException())
                                    .isInstanceOf(InsufficientFundsException.class);
                            route.fund(100);
                            return FaultyRoute.end(route.ask());
                        })
                        .answered());
    }
}
