// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.testing.LoggedMessages;
import io.crynux.testing.Sabotage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step of a task that throws, as its timer does here, ends that task with the truth about its money; the others go on. */
class BrokenStepTest extends ScriptedChainTestSupport {

    static Stream<Supplier<Throwable>> errors() {
        return Stream.of(
                () -> new NoSuchMethodError("io.library.Thing.gone()"),
                () -> new OutOfMemoryError("Java heap space"),
                StackOverflowError::new);
    }

    private void startWithATimerThatFailsOnceAt(Duration delay, Throwable error) {
        AtomicBoolean broken = new AtomicBoolean(true);
        timers = scheduler -> Sabotage.of(ScheduledExecutorService.class, scheduler, (method, arguments, call) -> {
            if (method.equals("schedule") && arguments[1].equals(delay.toMillis()) && broken.getAndSet(false)) {
                throw error;
            }
            return call.call();
        });
        start();
    }

    private void assertTheOthersGoOn() {
        CompletableFuture<TaskResult> other = submit("other");
        create();
        succeed();
        deliver();
        assertThat(other).isCompleted();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void beforeThePaymentNothingIsSpent(Supplier<Throwable> error) {
        startWithATimerThatFailsOnceAt(HOUR, error.get());
        try (LoggedMessages logged = new LoggedMessages("io.crynux")) {
            assertThat(failure(submit("a")))
                    .isInstanceOf(CrynuxException.class)
                    .hasMessageContaining("The client failed")
                    .hasMessageContaining("Nothing was spent");
            assertThat(logged.ofThreads("")).anyMatch(message -> message.contains("A step of the task engine failed"));
        }
        assertThat(chain.sent()).isEmpty();
        assertTheOthersGoOn();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void whenThePaymentHasLeftItMayBeMinedAndIsFollowed(Supplier<Throwable> error) {
        startWithATimerThatFailsOnceAt(SETTINGS.payments().resendInterval(), error.get());
        chain.uploading(false);

        assertThat(failure(submit("a")))
                .isInstanceOf(CrynuxException.class)
                .hasMessageContaining("may still be mined, and then costs 1 CNX");

        create();
        assertThat(chain.openUploads())
                .as("without parameters no node could work on it")
                .isOne();
        chain.endUploads(null);
        chain.uploading(true);
        succeed();
        mine(FINAL);
        assertThat(record().state()).isEqualTo(TaskState.TIMED_OUT);
        assertThat(journal.unsettled()).isEmpty();
        assertTheOthersGoOn();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void afterThePaymentTheFeeIsPaidAndThePlaceFree(Supplier<Throwable> error) {
        startWithATimerThatFailsOnceAt(SETTINGS.downloadDelay(), error.get());
        CompletableFuture<TaskResult> result = submit("a");
        create();
        succeed();

        assertThat(failure(result))
                .isInstanceOf(CrynuxException.class)
                .hasMessageContaining("The client failed")
                .hasMessageContaining("The fee of 1 CNX was paid");
        assertThat(engine.load().inFlight()).isZero();
        assertTheOthersGoOn();
    }
}
