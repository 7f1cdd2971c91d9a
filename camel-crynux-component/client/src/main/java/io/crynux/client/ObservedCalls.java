// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.internal.http.CallListener;
import io.crynux.client.observe.ClientObserver;
import io.crynux.client.observe.ClientObserver.CallOutcome;
import io.crynux.client.observe.ClientObserver.Target;
import java.net.URI;
import java.util.Collection;
import java.util.Set;

/** Reports HTTP requests to an observer. */
final class ObservedCalls implements CallListener {
    private static final int TOO_MANY_REQUESTS = 429;

    private final Set<URI> rpcUrls;
    private final ClientObserver observer;

    /** @param rpcUrls requests to other URLs go to the Relay: node and Relay may have the same host */
    ObservedCalls(Collection<URI> rpcUrls, ClientObserver observer) {
        this.rpcUrls = Set.copyOf(rpcUrls);
        this.observer = observer;
    }

    @Override
    public void onCall(URI uri, int status) {
        observer.onCall(rpcUrls.contains(uri) ? Target.RPC : Target.RELAY, outcome(status));
    }

    private static CallOutcome outcome(int status) {
        if (status == NO_STATUS) {
            return CallOutcome.UNANSWERED;
        }
        if (status == TOO_MANY_REQUESTS) {
            return CallOutcome.LIMITED;
        }
        return status < 400 ? CallOutcome.OK : status < 500 ? CallOutcome.REFUSED : CallOutcome.BROKEN;
    }
}
