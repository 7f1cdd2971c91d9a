// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;

/** The wallet's balance in CNX, as text, in body and header. */
final class WalletProducer extends ClientProducer<BigInteger> {
    private CrynuxClient client;

    WalletProducer(CrynuxEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ClientFactory.requireWallet(getEndpoint().getComponent(), "crynux:wallet has no wallet");
        client = getEndpoint().getComponent().readingClient();
    }

    @Override
    CompletableFuture<BigInteger> ask(Exchange exchange) {
        return client.balance();
    }

    @Override
    void answer(Exchange exchange, BigInteger wei) {
        String cnx = TaskResponses.cnx(wei);
        exchange.getMessage().setHeader(CrynuxConstants.BALANCE, cnx);
        exchange.getMessage().setBody(cnx);
    }

    @Override
    void fail(Exchange exchange, Throwable error) {
        exchange.setException(error);
    }
}
