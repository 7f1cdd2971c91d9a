// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.journal.FileTaskJournal;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may leave the wallet in a period is bounded, also after a restart. */
@Tag("chain")
class BudgetTest extends CrynuxTestSupport {
    @TempDir
    Path directory;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        crynux(context)
                .setTaskJournal(new FileTaskJournal(directory.resolve("journal").toString()));
        return context;
    }

    private static CrynuxComponent crynux(CamelContext context) {
        return context.getComponent("crynux", CrynuxComponent.class);
    }

    @Override
    void configure(CrynuxComponent crynux) {
        crynux.setBudget("70");
        // No period ends while the test runs.
        crynux.setBudgetPeriod(Duration.ofDays(36_500).toMillis());
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").to("crynux:gpt");
            }
        };
    }

    private void ask(String prompt) {
        template.requestBody("direct:ask", prompt, String.class);
    }

    /** What two tasks cost, with gas. */
    String spent() {
        return "60.0";
    }

    private void assertRefused(ProducerTemplate asking) throws Exception {
        long payments = payments();
        assertThatThrownBy(() -> asking.requestBody("direct:ask", "one too many", String.class))
                .isInstanceOf(CamelExecutionException.class)
                .cause()
                .isInstanceOf(BudgetExceededException.class)
                .hasMessageContaining("The budget of 70 CNX per PT876000H")
                .hasMessageContaining(spent())
                .hasMessageContaining("Nothing was signed");
        assertThat(payments()).isEqualTo(payments);
    }

    @Test
    void aTaskBeyondItIsRefusedBeforeAnythingIsSignedAlsoAfterARestart() throws Exception {
        ask("one");
        ask("two");

        assertRefused(template);

        CamelContext again = createCamelContextOnTheSameNetwork();
        context.stop();
        again.start();
        try (ProducerTemplate asking = again.createProducerTemplate()) {
            assertRefused(asking);
        } finally {
            again.stop();
        }
    }

    private CamelContext createCamelContextOnTheSameNetwork() throws Exception {
        CrynuxComponent before = crynux(context);
        CamelContext again = new DefaultCamelContext();
        CrynuxComponent crynux = new CrynuxComponent();
        testNetwork.connect(crynux);
        crynux.setTaskJournal(before.getTaskJournal());
        crynux.getConfiguration().setTaskFee("30");
        configure(crynux);
        again.addComponent("crynux", crynux);
        again.addRoutes(createRouteBuilder());
        return again;
    }
}
