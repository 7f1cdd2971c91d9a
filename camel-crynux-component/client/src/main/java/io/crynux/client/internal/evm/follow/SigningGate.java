// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.evm.rpc.UnreadableChainException;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Stands before every signature, and is shut while the chain cannot be read: what would become of it could not be seen. Thread-safe. */
public final class SigningGate {
    private final ChainSight sight;
    /** Made once it is clear by which calls the chain is read. */
    private volatile NodeProbe probe;

    public SigningGate(ChainSight sight) {
        this.sight = sight;
    }

    /** How the node is asked, where that has not been done lately, whether it can serve. */
    public void probe(NodeProbe newProbe) {
        probe = newProbe;
    }

    /** Whether it is shut as far as is known; nothing is asked. */
    public boolean isShut() {
        return sight.trouble().isPresent();
    }

    /** Completes when it is open; fails with an IOException that says why it is not. */
    public CompletableFuture<Void> pass() {
        Optional<String> trouble = sight.trouble();
        if (trouble.isPresent()) {
            return CompletableFuture.failedFuture(new UnreadableChainException(trouble.get()));
        }
        NodeProbe known = probe;
        return known == null ? CompletableFuture.completedFuture(null) : known.pass();
    }

    /** Looks again right before the signature: what waits for its turn can wait for long. */
    public Consumer<BigInteger> before(Consumer<BigInteger> beforeSign) {
        return most -> {
            sight.require();
            beforeSign.accept(most);
        };
    }
}
