// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.TaskTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Camel's thread pools hold 1,000 things unless told otherwise; tasks are not bounded by that. */
@Tag("chain")
class ManyTasksTest extends CrynuxTestSupport {
    private static final int TASKS = 1_200;

    @Override
    void configure(CrynuxComponent crynux) {
        crynux.setMaxInFlight(1);
        crynux.setMaxWaiting(TASKS);
    }

    String timeout() {
        return "2s";
    }

    @Test
    void eachOfMoreThanAThousandExchangesHasItsDeadline() throws Exception {
        testNetwork.hold();
        AsyncProducer producer =
                context.getEndpoint("crynux:gpt?taskTimeout=" + timeout()).createAsyncProducer();
        producer.start();

        List<CompletableFuture<Exchange>> exchanges = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody("prompt " + i);
            CompletableFuture<Exchange> done = new CompletableFuture<>();
            producer.process(exchange, doneSync -> done.complete(exchange));
            exchanges.add(done);
        }

        for (CompletableFuture<Exchange> exchange : exchanges) {
            assertThat(exchange.get(30, TimeUnit.SECONDS).getException()).isInstanceOf(TaskTimeoutException.class);
        }
    }
}
