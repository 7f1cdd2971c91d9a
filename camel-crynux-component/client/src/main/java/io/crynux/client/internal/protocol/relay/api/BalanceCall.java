// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.protocol.relay.signing.SignedFields;
import io.crynux.client.internal.protocol.relay.task.JsonFields;
import java.math.BigInteger;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;

/** Reads the balance of the wallet's Relay account, in wei. After a restart of the Relay it can be off by the last payments. */
final class BalanceCall implements RelayCall<BigInteger> {
    private final RequestFactory requests;

    BalanceCall(RequestFactory requests) {
        this.requests = requests;
    }

    @Override
    public CallName name() {
        return CallName.BALANCE;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        String address = requests.signer().address();
        return requests.signedGet(
                "/v2/relay_account/" + address + "/balance", new SignedFields().text("address", address));
    }

    @Override
    public BigInteger read(HttpReply reply) {
        return JsonFields.wei(AnswerReader.data(reply), "data");
    }
}
