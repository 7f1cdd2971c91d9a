// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.devnet.CrynuxDevnetBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Blocks that are taken back cost no task and no second payment. */
@Tag("chain")
class ReorganisationTest extends CrynuxTestSupport {

    @Override
    CrynuxDevnetBuilder network() {
        return super.network().workTime(Duration.ofSeconds(1));
    }

    @Override
    void configure(CrynuxComponent crynux) {
        crynux.setFinality("20");
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:created").to("crynux:gpt?waitFor=created");
                from("direct:gpt").to("crynux:gpt");
            }
        };
    }

    @Test
    void aTaskWhoseBlockIsTakenBackIsFoundAgain() throws Exception {
        // The payment is in a block of the last eight, which are not the first.
        makeBlocks(8);
        CompletableFuture<Exchange> pending =
                template.asyncSend("direct:gpt", e -> e.getMessage().setBody("What is lichen?"));
        await().atMost(Duration.ofSeconds(20)).until(() -> relayHasParameters(1));

        devnet.chain().reorg(8);

        Exchange out = pending.get(60, TimeUnit.SECONDS);
        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(String.class)).containsIgnoringCase("lichen");
        assertThat(nonce()).isEqualTo(1);
    }

    @Test
    void severalReorganisationsInARowCostNothing() throws Exception {
        makeBlocks(5);
        CompletableFuture<Exchange> pending =
                template.asyncSend("direct:gpt", e -> e.getMessage().setBody("What is lichen?"));
        for (int depth : new int[] {1, 3, 5}) {
            await().atMost(Duration.ofSeconds(20)).until(() -> nonce() == 1);
            devnet.chain().reorg(depth);
        }

        assertThat(pending.get(60, TimeUnit.SECONDS).getException()).isNull();
        assertThat(nonce()).isEqualTo(1);
    }

    private void makeBlocks(int count) {
        for (int i = 0; i < count; i++) {
            devnet.chain().mine();
        }
    }
}
