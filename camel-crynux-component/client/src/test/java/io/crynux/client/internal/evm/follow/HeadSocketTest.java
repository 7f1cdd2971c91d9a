// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.observe.ClientStatus.ChainStatus.WebSocketState;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.fault.Fault;
import io.crynux.testing.LoggedMessages;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever happens to WebSockets, new heads wake up again some time later, and once after each connection. */
class HeadSocketTest extends FollowingTestSupport {
    private static final Duration PING = Duration.ofMillis(200);
    private static final String NOBODY = "ws://127.0.0.1:9/secret-key";

    @RegisterExtension
    static CrynuxDevnet devnet = still().build();

    private final AtomicInteger wakes = new AtomicInteger();

    @Override
    CrynuxDevnet devnet() {
        return devnet;
    }

    private HeadSocket open(String... urls) {
        HeadSocket socket = new HeadSocket(
                Arrays.stream(urls).map(URI::create).toList(), http, scheduler, PING, wakes::incrementAndGet);
        closedLater(socket::close);
        socket.open();
        return socket;
    }

    private HeadSocket connected() {
        HeadSocket socket = open(devnet.webSocketUrl());
        awaitState(socket, WebSocketState.UP);
        return socket;
    }

    private static void awaitState(HeadSocket socket, WebSocketState state) {
        await().pollInterval(Duration.ofMillis(10)).atMost(SOON).until(() -> socket.state() == state);
    }

    private void awaitWakes(int count) {
        await().atMost(SOON).until(() -> wakes.get() >= count);
    }

    @Test
    void eachHeadWakes() {
        HeadSocket socket = connected();
        awaitWakes(1);
        assertThat(socket.isTrusted()).isFalse();

        mine(3);

        awaitWakes(4);
        assertThat(socket.isTrusted()).isTrue();
    }

    @Test
    void oneThatIsCutIsConnectedAgainAndWakes() {
        HeadSocket socket = connected();
        awaitWakes(1);

        devnet.faults().rpc().cutWebSockets();

        awaitState(socket, WebSocketState.DOWN);
        assertThat(socket.isTrusted()).isFalse();
        awaitState(socket, WebSocketState.UP);
        awaitWakes(2);
        mine(1);
        awaitWakes(3);
    }

    @Test
    void oneThatIsSilentIsFoundOutByPings() {
        HeadSocket socket = connected();

        Fault silence = devnet.faults().rpc().silentWebSockets();
        awaitState(socket, WebSocketState.DOWN);
        silence.end();

        awaitState(socket, WebSocketState.UP);
    }

    @Test
    void oneThatTellsOfNoHeadsAlthoughThereAreSomeIsLeft() {
        HeadSocket socket = connected();

        socket.onPoll(true);
        socket.onPoll(true);
        assertThat(socket.state()).isEqualTo(WebSocketState.UP);
        socket.onPoll(true);

        awaitState(socket, WebSocketState.DOWN);
        awaitState(socket, WebSocketState.UP);
    }

    @Test
    void anotherUrlIsTriedWhenOneCannotBeReached() {
        HeadSocket socket = open(NOBODY, devnet.webSocketUrl());

        awaitState(socket, WebSocketState.UP);
    }

    @Test
    void thatNoneCanBeReachedIsToldOnceWithoutSecrets() {
        try (LoggedMessages logged = new LoggedMessages("io.crynux.client.internal.evm.follow.HeadSocket")) {
            HeadSocket socket = open(NOBODY, NOBODY);
            await().pollDelay(Duration.ofMillis(1500)).atMost(SOON).until(() -> socket.state() == WebSocketState.DOWN);

            assertThat(logged.ofThreads("").stream().filter(message -> message.contains("127.0.0.1:9")))
                    .hasSize(1)
                    .allSatisfy(message -> assertThat(message)
                            .startsWith("ws://127.0.0.1:9 reports no new heads, trying again")
                            .doesNotContain("secret"));
        }
    }

    @Test
    void withoutAUrlThereIsNone() {
        assertThat(open().state()).isEqualTo(WebSocketState.NONE);
    }

    @Test
    void nothingWakesAfterTheEnd() {
        HeadSocket socket = connected();
        awaitWakes(1);
        HeadSocket other = open(devnet.webSocketUrl());
        awaitState(other, WebSocketState.UP);
        other.close();
        int before = wakes.get();

        mine(1);

        // The one that is left is told, and by then the other would have been, too.
        awaitWakes(before + 1);
        assertThat(other.state()).isEqualTo(WebSocketState.DOWN);
        assertThat(socket.state()).isEqualTo(WebSocketState.UP);
        assertThat(wakes.get()).isEqualTo(before + 1);
    }
}
