// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.journal.FileTaskJournal;
import io.crynux.devnet.CrynuxDevnetBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node takes a payment, answers with an error, and does not know it for a moment: it is paid once and gets its answer. */
class TakenButRefusedTest extends CrynuxTestSupport {
    @TempDir
    static Path directory;

    private BigInteger before;

    @Override
    CrynuxDevnetBuilder network() {
        // Another price for each payment, so that a second one would be other bytes.
        return super.network().blockTime(Duration.ofMillis(300)).floatingBaseFee();
    }

    @Override
    void configure(CrynuxComponent crynux) {
        crynux.setTaskJournal(new FileTaskJournal(
                directory.resolve(UUID.randomUUID().toString()).toString()));
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                onException(CrynuxException.class).maximumRedeliveries(3).redeliveryDelay(500);
                from("direct:plain").errorHandler(noErrorHandler()).to("crynux:gpt");
                from("direct:redelivered").to("crynux:gpt");
                from("direct:keyed").to("crynux:gpt?idempotencyKey=${header.k}");
            }
        };
    }

    private void strike() {
        before = balance();
        devnet.faults().rpc().takeButFailSend().times(1);
        devnet.faults().rpc().respondResult("eth_getTransactionByHash", "null").times(1);
    }

    private BigInteger balance() {
        String cnx = template.requestBody("crynux:wallet", null, String.class);
        return new BigDecimal(cnx).scaleByPowerOfTen(18).toBigIntegerExact();
    }

    private Exchange send(String route, String prompt) {
        Exchange exchange = new DefaultExchange(context());
        exchange.getMessage().setBody(prompt);
        exchange.getMessage().setHeaders(new HashMap<>(Map.of("k", "17")));
        return template.send(route, exchange);
    }

    private void assertAnswered(Exchange out) {
        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(String.class)).containsIgnoringCase("lichen");
    }

    private void assertPaid(int tasks) throws Exception {
        assertThat(nonce()).isEqualTo(tasks);
        BigInteger gone = before.subtract(balance());
        BigDecimal fees = new BigDecimal(30 * tasks).scaleByPowerOfTen(18);
        assertThat(new BigDecimal(gone)).isBetween(fees, fees.add(new BigDecimal("1e17")));
    }

    @Test
    void withoutAnErrorHandler() throws Exception {
        strike();

        assertAnswered(send("direct:plain", "What is lichen?"));

        assertPaid(1);
    }

    @Test
    void withRedeliveries() throws Exception {
        strike();

        assertAnswered(send("direct:redelivered", "What is lichen?"));

        assertPaid(1);
    }

    @Test
    void withAKeyAndAJournalAndACallerThatComesAgain() throws Exception {
        strike();

        assertAnswered(send("direct:keyed", "What is lichen?"));
        assertAnswered(send("direct:keyed", "What is lichen?"));

        assertPaid(1);
    }

    @Test
    void theNextMessageOfTheWalletIsNotHarmed() throws Exception {
        strike();

        CompletableFuture<Exchange> first =
                CompletableFuture.supplyAsync(() -> send("direct:plain", "What is lichen?"));
        Exchange second = send("direct:plain", "Where does lichen grow?");

        assertAnswered(second);
        assertAnswered(first.get(20, TimeUnit.SECONDS));
        assertPaid(2);
    }
}
