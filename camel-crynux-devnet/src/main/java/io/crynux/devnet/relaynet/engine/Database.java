// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the store is: it can be away, and can be replaced by an older copy. And what of the Relay's configuration changes
 * while it runs. Not thread-safe: used with the network's lock.
 */
final class Database {
    private final Supplier<Optional<String>> away;
    private Store store = new Store();
    private boolean listedOnly;

    /** @param away the error of the database while it is away */
    Database(Supplier<Optional<String>> away) {
        this.away = away;
    }

    /**
     * The store, for a request.
     *
     * @throws RequestRefusedException 500 with the database's error while it is away
     */
    Store forRequest() throws RequestRefusedException {
        Optional<String> error = away.get();
        if (error.isPresent()) {
            throw RequestRefusedException.failure(error.get());
        }
        return store;
    }

    /** The store, for what the network does by itself; it does nothing while {@link #isAway}. */
    Store store() {
        return store;
    }

    boolean isAway() {
        return away.get().isPresent();
    }

    /** Whether only creators on the whitelist may create tasks. */
    boolean listedOnly() {
        return listedOnly;
    }

    void listedOnly(boolean on) {
        this.listedOnly = on;
    }

    Store backup() {
        return store.copy();
    }

    void restore(Store backup) {
        this.store = backup.copy();
    }
}
