// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.camel.CrynuxConstants;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.component.jms.ClassicJmsHeaderFilterStrategy;
import org.apache.camel.component.jms.JmsHeaderFilterStrategy;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether a stranger who sends a message by HTTP or JMS can set the fee of its task, by the filters of this line of Camel. */
class HeaderFiltersTest {
    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void noClientOfHttpCanSetThemInAnySpelling() {
        assertThat(feeOf(received(new HttpHeaderFilterStrategy(), CrynuxConstants.TASK_FEE)))
                .isNull();
        assertThat(feeOf(received(new HttpHeaderFilterStrategy(), inCapitals())))
                .isNull();
    }

    @Test
    void noClientOfJmsCanSetThemAsTheyAreWritten() {
        assertThat(feeOf(received(new JmsHeaderFilterStrategy(), CrynuxConstants.TASK_FEE)))
                .isNull();
    }

    @Test
    void untilCamel422AClientOfJmsCanSetThemInCapitals() {
        String fee = feeOf(received(new JmsHeaderFilterStrategy(), inCapitals()));

        assertThat(fee).isEqualTo(isBefore422() ? "1000" : null);
    }

    @Test
    void untilCamel422TheDefaultFilterLetsThemPass() {
        String fee = feeOf(received(new DefaultHeaderFilterStrategy(), CrynuxConstants.TASK_FEE));

        assertThat(fee).isEqualTo(isBefore422() ? "1000" : null);
    }

    @Test
    void theClassicFilterOfJmsLetsThemPass() {
        assertThat(feeOf(received(new ClassicJmsHeaderFilterStrategy(), CrynuxConstants.TASK_FEE)))
                .isEqualTo("1000");
    }

    private boolean isBefore422() {
        return context.getVersion().startsWith("4.14.") || context.getVersion().startsWith("4.18.");
    }

    @Test
    void whatTheManualSaysRemovesThemInEverySpelling() {
        Message message = received(new JmsHeaderFilterStrategy(), inCapitals());

        message.removeHeaders("(?i)CamelCrynux.*");

        assertThat(feeOf(message)).isNull();
    }

    private static String inCapitals() {
        return CrynuxConstants.TASK_FEE.toUpperCase(Locale.ROOT);
    }

    private static String feeOf(Message message) {
        return message.getHeader(CrynuxConstants.TASK_FEE, String.class);
    }

    /** As Camel's consumers make a message of what arrives. */
    private Message received(HeaderFilterStrategy filter, String header) {
        Message message = new DefaultExchange(context).getMessage();
        if (!filter.applyFilterToExternalHeaders(header, "1000", message.getExchange())) {
            message.setHeader(header, "1000");
        }
        return message;
    }
}
