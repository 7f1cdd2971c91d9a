// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.NetworkException;
import io.crynux.client.task.TaskState;
import io.crynux.client.wallet.Wallets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A wallet has one nonce lane per chain in a JVM, and shares the wallet with other applications as well as can be. */
@Tag("chain")
class OneLanePerWalletTest extends ChainTestSupport {

    @Test
    void aSecondClientOfTheSameWalletIsRefusedUntilTheFirstIsClosed() throws Exception {
        start(quick());
        CrynuxClient first = open(builder());
        get(first.connect());
        CrynuxClient second = open(builder());

        assertThat(failure(second.connect()))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("pays on this chain already")
                .hasMessageContaining(devnet.account(1).address().toLowerCase(java.util.Locale.ROOT));

        first.close();
        get(second.connect());
        assertThat(get(submitUntilCreated(second, "30")).state()).isEqualTo(TaskState.CREATED);
    }

    @Test
    void anotherWalletAndAnotherChainAreFree() throws Exception {
        start(quick());
        get(open(builder()).connect());
        get(open(builder().signer(Wallets.ofPrivateKey(devnet.account(2).privateKey())))
                .connect());
        var other = closedLater(quick().chainId(4711).start());
        get(open(builder().rpcUrl(other.rpcUrl())).connect());
    }

    @Test
    void connectingAgainAfterAFailureKeepsTheLane() throws Exception {
        start(quick());
        rpc.fail(500, java.util.Map.of(), "down");
        CrynuxClient client = open(builder());
        failure(client.connect());
        rpc.recover();

        get(client.connect());
        get(client.connect());
    }

    @Test
    void foreignTransactionsAreSteppedOver() throws Exception {
        start(still());
        CrynuxClient client = open(builder());
        get(client.connect());
        sendForeign(0);
        var first = submitUntilCreated(client, "1");
        await().atMost(SOON).until(() -> sent().size() == 1);
        sendForeign(1);
        devnet.chain().mine();
        var second = submitUntilCreated(client, "2");
        await().atMost(SOON).until(() -> sent().size() == 2);
        await().atMost(SOON).until(() -> {
            devnet.chain().mine();
            return first.isDone() && second.isDone();
        });

        // Somebody else took the nonces 0 and 1, of which the first task had one.
        assertThat(failure(first)).hasMessageContaining("can no longer be mined");
        assertThat(get(second).state()).isEqualTo(TaskState.CREATED);
        var third = submitUntilCreated(client, "3");
        await().atMost(SOON).until(() -> sent().size() == 3);
        devnet.chain().mine();
        assertThat(get(third).state()).isEqualTo(TaskState.CREATED);
    }
}
