// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay;

import io.crynux.client.internal.protocol.relay.api.RelayApi;
import io.crynux.client.internal.protocol.relay.money.AccountBalance;
import io.crynux.client.internal.protocol.relay.money.LedgerReader;
import io.crynux.client.internal.signing.CheckedProver;
import java.net.URI;
import java.util.function.LongSupplier;

/**
 * A wallet at a Relay.
 *
 * @param url of the Relay
 * @param prover decides about sampling, and derives the ids of requests
 */
public record RelayAccount(URI url, RelayApi api, CheckedProver prover, AccountBalance balance, LedgerReader ledger) {

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime} */
    public static RelayAccount of(URI url, RelayApi api, CheckedProver prover, LongSupplier nanoTime) {
        return new RelayAccount(url, api, prover, new AccountBalance(api, nanoTime), new LedgerReader(url, api));
    }
}
