// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.crynux.client.journal.FileTaskJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application with a journal in a directory is stopped and started again. */
@Tag("chain")
class JournalAcrossRestartsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private TestNetwork network;

    @BeforeEach
    void startNetwork() {
        network = CrynuxTestSupport.isScripted(getClass())
                ? new ScriptedTestNetwork()
                : new DevnetNetwork(CrynuxTestSupport.quickDevnet().start(), 0);
    }

    @AfterEach
    void stopNetwork() {
        network.close();
    }

    private CamelContext application() throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.getRegistry()
                .bind(
                        "journal",
                        new FileTaskJournal(directory.resolve("journal").toString()));
        CrynuxComponent crynux = new CrynuxComponent();
        network.connect(crynux);
        crynux.getConfiguration().setTaskFee("30");
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
        String words = network.down();
        assertThatThrownBy(this::application).hasStackTraceContaining(words);
        network.up();

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
        network.hold();
        CamelContext first = application();
        first.createProducerTemplate().asyncRequestBodyAndHeader("direct:ask", "What is lichen?", "id", "17");
        await().atMost(SOON).until(() -> network.hasParameters(1));
        first.stop();
        network.letGo();

        CamelContext second = application();
        assertThat(ask(second)).contains("lichen");
        second.stop();

        CamelContext third = application();
        assertThat(ask(third)).contains("lichen");
        third.stop();
        assertThat(network.payments()).isEqualTo(1);
    }

    @Test
    void whatIsInTheJournalGoesOnBeforeAnyMessageComes() throws Exception {
        network.withholdConfirmations();
        CamelContext first = application();
        first.createProducerTemplate().asyncRequestBodyAndHeader("direct:ask", "What is lichen?", "id", "17");
        await().atMost(SOON).until(() -> network.payments() == 1);
        first.stop();
        network.confirm();

        CamelContext second = application();

        await().atMost(SOON).until(() -> network.hasParameters(1));
        second.stop();
    }
}
