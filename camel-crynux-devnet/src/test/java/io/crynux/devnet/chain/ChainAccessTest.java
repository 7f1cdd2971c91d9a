// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Credentials;

/** The chain as Relay and nodes see it. */
class ChainAccessTest {
    private final TestNetwork network = new TestNetwork().join(3);
    private final ChainAccess access = network.chain.access();

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void logsHaveTheirPlaceInTheChain() {
        network.create(network.alice, 0, 1, 30);
        ChainAccess.Head head = access.head();
        List<ChainAccess.EventLog> logs = access.logs(network.chain.contractAddress(), 0, Long.MAX_VALUE);
        assertThat(logs).hasSize(4);
        assertThat(logs).extracting(ChainAccess.EventLog::logIndex).containsExactly(0, 1, 2, 3);
        assertThat(logs).allSatisfy(log -> {
            assertThat(log.blockNumber()).isEqualTo(head.number());
            assertThat(log.blockHash()).isEqualTo(head.hash());
        });
        assertThat(access.logs(network.chain.contractAddress(), 0, head.number() - 1))
                .isEmpty();
    }

    @Test
    void callsAnswerOrTellWhyNot() {
        String task = network.chain.contractAddress();
        assertThat(access.call(task, TaskCalls.selector("totalTasks()"))).isEqualTo("0x" + TaskCalls.word(0));
        assertThatThrownBy(() -> access.call(task, TaskCalls.cancel(9)))
                .isInstanceOf(ChainAccessException.class)
                .hasMessage("Task not exist");
    }

    @Test
    void refusedTransactionsThrow() {
        assertThatThrownBy(() -> access.send(
                        Credentials.create("0x1234"), network.chain.contractAddress(), "0x", BigInteger.ONE))
                .isInstanceOf(ChainAccessException.class);
    }

    @Test
    void transactionsOfOneSenderFromManyThreadsGetTheirNonces() {
        List<CompletableFuture<String>> sending = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> access.send(network.alice, network.bob.getAddress(), "0x", BigInteger.ONE)))
                .toList();
        assertThat(sending)
                .allSatisfy(sent -> assertThat(access.succeeded(sent.join())).contains(true));
    }
}
