// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.RelayException;
import io.crynux.client.internal.engine.Submission;
import io.crynux.client.internal.engine.TaskEngine;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.internal.protocol.chain.ScriptedChain.Sending;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.KeptJournal;
import io.crynux.testing.VirtualTime;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Payments, blocks, reorganisations, refusals, uploads, deadlines and restarts in random orders. A failure names its seed;
 * {@code -Dcrynux.seed=n} runs that one only, {@code -Dcrynux.seeds=n} more of them.
 */
class ChainInRandomOrdersTest extends ScriptedChainTestSupport {
    private static final int SEEDS = Integer.getInteger("crynux.seeds", 200);
    private static final int STEPS = 80;
    private static final Sending[] SENDINGS = Sending.values();
    private static final WaitFor[] WAIT_FOR = WaitFor.values();

    private Random random;
    private final List<CompletableFuture<TaskResult>> asked = new ArrayList<>();
    private final Set<String> taskHashes = new LinkedHashSet<>();

    @Test
    void afterAnyOrderAllHasEndedAndNothingWasPaidTwice() {
        Long only = Long.getLong("crynux.seed");
        long[] seeds = only == null ? LongStream.rangeClosed(1, SEEDS).toArray() : new long[] {only};
        for (long seed : seeds) {
            try {
                run(seed);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private void run(long seed) {
        random = new Random(seed);
        time = VirtualTime.shuffled(seed);
        chain = new ScriptedChain();
        journal = new KeptJournal();
        asked.clear();
        taskHashes.clear();
        keyed = true;
        start();
        for (int i = 0; i < STEPS; i++) {
            step();
            time.settle();
        }
        finish();
    }

    private void step() {
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> ask();
            case 3 -> chain.sending(SENDINGS[random.nextInt(SENDINGS.length)]);
            case 4 -> chain.answer(random.nextBoolean() ? ScriptedChain.refusal() : new SendOutcome(true, null));
            case 5 -> chain.uploading(random.nextBoolean());
            case 6 -> chain.endUploads(random.nextInt(3) == 0 ? new RelayException("The Relay refused") : null);
            case 7 -> reorganise();
            case 8 -> time.advance(Duration.ofSeconds(random.nextInt(1200)));
            case 9 -> restart();
            case 10 -> chain.tasks().stream().findAny().ifPresent(task -> asked.add(attend(task)));
            case 11 -> chain.tasks().forEach(chain::uploadResult);
            default -> mineSome();
        }
    }

    private void ask() {
        Submission submission = message(
                "prompt " + random.nextInt(5), WAIT_FOR[random.nextInt(WAIT_FOR.length)], random.nextInt(4) == 0, 1);
        taskHashes.add(submission.order().taskHash());
        asked.add(submit(submission));
    }

    private void mineSome() {
        List<Payment> waiting = chain.waiting();
        List<BigInteger> open = chain.openTasks();
        if (!waiting.isEmpty() && random.nextBoolean()) {
            Payment payment = waiting.get(random.nextInt(waiting.size()));
            switch (random.nextInt(6)) {
                case 0 -> chain.mine(ScriptedChain.revert(payment));
                case 1 -> chain.mine(ScriptedChain.foreign(payment.nonce()));
                default -> chain.mine(payment);
            }
        } else if (!open.isEmpty()) {
            BigInteger task = open.get(random.nextInt(open.size()));
            switch (random.nextInt(4)) {
                case 0 -> chain.mine(ScriptedChain.abort(task));
                case 1 -> chain.mine(ScriptedChain.start(task));
                default -> chain.mine(ScriptedChain.succeed(task));
            }
        } else {
            chain.mine();
        }
    }

    /** No deeper than blocks are final. */
    private void reorganise() {
        if (chain.height() > FINAL + 1) {
            chain.reorganise(1 + random.nextInt(FINAL));
        }
    }

    private void restart() {
        stop();
        assertThat(time.timers()).as("timers of a client that is closed").isZero();
        assertThat(asked).as("submissions that hang").allMatch(CompletableFuture::isDone);
        if (random.nextBoolean()) {
            mineSome();
        }
        start();
        assertThat(connected()).as("the next process has connected").isCompleted();
    }

    /** Everything comes to its end. */
    private void finish() {
        chain.sending(Sending.TAKEN);
        chain.uploading(true);
        for (int i = 0; i < 6; i++) {
            chain.answer(new SendOutcome(false, null));
            chain.endUploads(null);
            time.advance(Duration.ofMinutes(1));
            chain.waiting().forEach(chain::mine);
            time.settle();
            chain.openTasks().forEach(task -> chain.mine(ScriptedChain.succeed(task)));
            chain.tasks().forEach(chain::uploadResult);
            time.settle();
            chain.mine(FINAL);
            time.advance(HOUR);
        }
        assertThat(asked).as("submissions that hang").allMatch(CompletableFuture::isDone);
        asked.stream().filter(CompletableFuture::isCompletedExceptionally).forEach(result -> assertThat(failure(result))
                .as("the table of transitions has what happens")
                .hasMessageNotContaining("The client failed"));
        assertThat(journal.unsettled()).as("nothing is open").isEmpty();
        assertThat(engine.load()).isEqualTo(new TaskEngine.Load(0, 0, 0));
        for (String taskHash : taskHashes) {
            assertThat(chain.created(taskHash)).as("tasks of one request").isLessThanOrEqualTo(1);
        }
        stop();
        assertThat(time.timers()).isZero();
    }
}
