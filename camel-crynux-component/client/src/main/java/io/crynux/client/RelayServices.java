// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.error.NetworkException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.engine.TaskEngine;
import io.crynux.client.internal.protocol.relay.RelayAccount;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;

/** The services of today's network. */
final class RelayServices extends TasksOnly {
    private final RelayAccount account;

    RelayServices(TaskEngine engine, RelayAccount account) {
        super(engine);
        this.account = account;
    }

    @Override
    public CompletableFuture<BigInteger> balance() {
        return account.balance().read().handle((answer, error) -> {
            String why = error == null
                    ? answer.refusal().map(refusal -> refusal.text()).orElse("")
                    : Futures.cause(error).getMessage();
            if (error != null || answer.value().isEmpty()) {
                throw new NetworkException(
                        "The balance of the Relay account " + account.api().address() + " cannot be read: " + why);
            }
            return answer.value().get();
        });
    }

    @Override
    public boolean hasRelay() {
        return true;
    }
}
