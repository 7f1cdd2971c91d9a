// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.LoggedMessages;
import io.crynux.testing.OnDevnetChainOnly;
import io.crynux.testing.RpcProxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever happens to the node that events are read from, none is lost, none comes twice, and it is told once. */
@Tag("chain")
class EventFaultsTest {
    @RegisterExtension
    static CrynuxDevnet devnet = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(100))
            .relayLag(Duration.ofMillis(50))
            .workTime(Duration.ofMillis(50))
            .build();

    private RpcProxy node;
    private EventApplication creator;

    /** Tasks are created over a connection without faults. */
    @BeforeEach
    void open() throws Exception {
        node = RpcProxy.to(devnet.rpcUrl());
        creator = EventApplication.on(devnet).start();
    }

    @AfterEach
    void close() {
        creator.close();
        node.close();
    }

    private EventApplication reader(String moreUrls) throws Exception {
        return EventApplication.on(devnet)
                .component(crynux -> {
                    crynux.setPrivateKey(null);
                    crynux.setRpcUrl(node.url() + moreUrls);
                })
                .from("crynux:events?creator=any")
                .start();
    }

    private static List<String> warnings(LoggedMessages log, EventApplication reader) {
        return log.ofThreads("(" + reader.context().getName() + ")");
    }

    private void eachComesOnce(EventApplication reader, String... ids) {
        await().atMost(EventApplication.SOON).until(() -> reader.told().size() >= ids.length);
        // What comes after them shows that nothing else came before.
        String last = creator.task("answer");
        await().atMost(EventApplication.SOON).until(() -> reader.what().contains("TaskSuccess " + last));
        assertThat(reader.what())
                .containsExactlyElementsOf(Stream.concat(Arrays.stream(ids), Stream.of(last))
                        .map(id -> "TaskSuccess " + id)
                        .toList());
    }

    /** For as many blocks as come in 30 s, which are more than the follower keeps. */
    @Test
    void aNodeThatIsDownForAWhile() throws Exception {
        try (LoggedMessages log = new LoggedMessages("io.crynux.client");
                EventApplication reader = reader("")) {
            String before = creator.task("answer");
            reader.awaitTold(1);
            node.goDown();
            String during = creator.task("answer");
            await().atMost(EventApplication.SOON)
                    .until(() -> !warnings(log, reader).isEmpty());
            for (int i = 0; i < 300; i++) {
                devnet.chain().mine();
            }
            String late = creator.task("answer");
            node.recover();

            eachComesOnce(reader, before, during, late);
            assertThat(warnings(log, reader)).hasSize(1);
        }
    }

    @Test
    void aNodeThatGivesHtml() throws Exception {
        try (EventApplication reader = reader("")) {
            node.fail(200, Map.of("Content-Type", "text/html"), "<html><body>Welcome</body></html>");
            String during = creator.task("answer");
            node.recover();

            eachComesOnce(reader, during);
        }
    }

    @Test
    @OnDevnetChainOnly("it injects a fault into the node")
    void aWebSocketThatIsCutInsideABlock() throws Exception {
        try (EventApplication reader = reader("," + devnet.webSocketUrl())) {
            String before = creator.task("answer");
            reader.awaitTold(1);
            devnet.faults().rpc().cutWebSockets(1);
            String during = creator.task("answer");

            eachComesOnce(reader, before, during);
        }
    }

    @Test
    void logsOfForeignContracts() throws Exception {
        spoiled(logs ->
                logs.forEach(log -> ((ObjectNode) log).put("address", "0x00000000000000000000000000000000000000aa")));
    }

    @Test
    void logsThatAreMalformed() throws Exception {
        spoiled(logs -> logs.forEach(log -> ((ObjectNode) log).put("logIndex", "seventeen")));
    }

    @Test
    void logsOfWhichSomeAreMissing() throws Exception {
        spoiled(logs -> logs.remove(logs.size() - 1));
    }

    private void spoiled(Consumer<ArrayNode> spoil) throws Exception {
        try (EventApplication reader = reader("")) {
            String before = creator.task("answer");
            reader.awaitTold(1);
            node.intercept("eth_getLogs", (params, usual) -> {
                ObjectNode answer = usual.get();
                if (!answer.path("result").isEmpty()) {
                    spoil.accept((ArrayNode) answer.get("result"));
                }
                return answer;
            });
            String during = creator.task("answer");
            node.release("eth_getLogs");

            eachComesOnce(reader, before, during);
        }
    }

    @Test
    @OnDevnetChainOnly("it injects a fault into the node")
    void oneOfSeveralNodesThatLagsBehind() throws Exception {
        try (EventApplication reader = reader("," + devnet.rpcUrl())) {
            devnet.faults().rpc().laggingReplica(3, 2);
            String during = creator.task("answer");
            String next = creator.task("answer");

            eachComesOnce(reader, during, next);
        }
    }
}
