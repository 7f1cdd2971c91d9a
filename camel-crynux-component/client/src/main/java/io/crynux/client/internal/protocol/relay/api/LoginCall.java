// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.protocol.relay.task.JsonFields;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;

/** Logs the wallet in, for its ledger. */
final class LoginCall implements RelayCall<Token> {
    private final RequestFactory requests;

    LoginCall(RequestFactory requests) {
        this.requests = requests;
    }

    @Override
    public CallName name() {
        return CallName.LOGIN;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        return requests.signer()
                .signLogin()
                .thenApply(signed -> requests.post(
                        "/v1/client/connect_wallet",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("address", requests.signer().address()),
                        signed));
    }

    @Override
    public Token read(HttpReply reply) {
        JsonFields fields = JsonFields.of(AnswerReader.data(reply));
        return new Token(fields.text("token"), fields.second("expires_at"));
    }
}
