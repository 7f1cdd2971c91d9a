// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.crynux.client.observe.ClientObserver;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import io.crynux.testing.LoggedMessages;
import io.crynux.testing.Sabotage;
import java.lang.reflect.Method;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an observer throws stays with it. */
class SteadyObserverTest {

    static Stream<Supplier<Throwable>> errors() {
        return Stream.of(
                () -> new IllegalStateException("no registry"),
                () -> new NoSuchMethodError("io.library.Thing.gone()"),
                () -> new OutOfMemoryError("Java heap space"),
                StackOverflowError::new);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anObserverThatThrowsAtEachCallIsLoggedOnce(Supplier<Throwable> error) {
        List<String> calls = new ArrayList<>();
        ClientObserver steady =
                new SteadyObserver(Sabotage.of(ClientObserver.class, ClientObserver.NONE, (method, arguments, call) -> {
                    calls.add(method);
                    throw error.get();
                }));

        try (LoggedMessages logged = new LoggedMessages("io.crynux.client")) {
            for (int i = 0; i < 2; i++) {
                assertThatCode(() -> callAll(steady)).doesNotThrowAnyException();
            }
            assertThat(logged.ofThreads(""))
                    .filteredOn(text -> text.contains("metrics are incomplete"))
                    .hasSize(1);
        }

        assertThat(steady.wantsCosts()).as("it cannot be asked").isFalse();
        assertThat(calls)
                .as("each call reaches it")
                .contains(Stream.of(ClientObserver.class.getMethods())
                        .map(Method::getName)
                        .toArray(String[]::new));
    }

    private static void callAll(ClientObserver observer) {
        observer.onPhase(TaskKind.SD, ClientObserver.TaskPhase.PAY, Duration.ofSeconds(1));
        observer.onEnd(TaskKind.SD, TaskState.DONE);
        observer.wantsCosts();
        observer.onCost(TaskKind.SD, BigInteger.ONE, BigInteger.ONE);
        observer.onCall(ClientObserver.Target.RPC, ClientObserver.CallOutcome.OK);
    }
}
