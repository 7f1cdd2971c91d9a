// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.crynux.client.journal.FileTaskJournal;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An application with a journal in a directory is stopped and started again. */
@Tag("chain")
class JournalAcrossRestartsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @RegisterExtension
    final CrynuxDevnet devnet = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(100))
            .relayLag(Duration.ofMillis(50))
            .workTime(Duration.ofMillis(50))
            .build();

    @TempDir
    Path directory;

    private CamelContext application() throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.getRegistry()
                .bind(
                        "journal",
                        new FileTaskJournal(directory.resolve("journal").toString()));
        CrynuxComponent crynux = new CrynuxComponent();
        crynux.setRpcUrl(devnet.rpcUrl());
        crynux.setContractAddress(devnet.contractAddress());
        crynux.setRelayUrl(devnet.relayUrl());
        crynux.setPrivateKey(devnet.account(0).privateKey());
        crynux.getConfiguration().setTaskFee("30");
        crynux.setPollInterval(50);
        QuickRelay.of(crynux);
        crynux.setFinality("2");
        crynux.setShutdownGrace(100);
        context.addComponent("crynux", crynux);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").to("crynux:gpt?idempotencyKey=${header.id}");
            }
        });
        try {
            context.start();
        } catch (Exception e) {
            context.stop();
            throw e;
        }
        return context;
    }

    @Test
    @Timeout(30)
    void aRelayThatIsDownAtTheStartIsToldAndHoldsNothingUp() throws Exception {
        Fault down = devnet.faults().relay().down();
        assertThatThrownBy(this::application).hasStackTraceContaining("The Relay at relayUrl does not answer");
        down.end();

        CamelContext second = application();
        assertThat(ask(second)).contains("lichen");
        second.stop();
    }

    private static String ask(CamelContext context) {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            return template.requestBodyAndHeader("direct:ask", "What is lichen?", "id", "17", String.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theJournalIsAutowiredAndTheSameMessageGetsTheResultOfTheTaskThatWasPaidBefore() throws Exception {
        Fault silence = devnet.faults().nodes().neverAnswer(3);
        CamelContext first = application();
        first.createProducerTemplate().asyncRequestBodyAndHeader("direct:ask", "What is lichen?", "id", "17");
        await().atMost(SOON)
                .until(() -> devnet.relay().parameters(BigInteger.ONE).isPresent());
        first.stop();
        silence.end();

        CamelContext second = application();
        assertThat(ask(second)).contains("lichen");
        second.stop();

        CamelContext third = application();
        assertThat(ask(third)).contains("lichen");
        third.stop();
        assertThat(CrynuxTestSupport.nonceOn(devnet)).isEqualTo(1);
    }

    @Test
    void whatIsInTheJournalGoesOnBeforeAnyMessageComes() throws Exception {
        devnet.chain().pauseBlocks();
        CamelContext first = application();
        first.createProducerTemplate().asyncRequestBodyAndHeader("direct:ask", "What is lichen?", "id", "17");
        await().atMost(SOON).until(() -> CrynuxTestSupport.nonceOn(devnet) == 1);
        first.stop();
        devnet.chain().resumeBlocks();

        CamelContext second = application();

        await().atMost(SOON)
                .until(() -> devnet.relay().parameters(BigInteger.ONE).isPresent());
        second.stop();
    }
}
