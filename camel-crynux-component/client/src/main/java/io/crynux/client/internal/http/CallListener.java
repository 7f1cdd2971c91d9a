// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.http;

import java.net.URI;

/** Called after each request; must be quick. */
@FunctionalInterface
public interface CallListener {
    /** For a request without a complete answer. */
    int NO_STATUS = 0;

    /** @param status the answer's, or {@link #NO_STATUS} */
    void onCall(URI uri, int status);
}
