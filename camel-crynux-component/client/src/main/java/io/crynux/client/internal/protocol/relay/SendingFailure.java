// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.SignerException;
import java.util.concurrent.CancellationException;

/** Failures of this client while it was about to send something. */
final class SendingFailure {

    private SendingFailure() {}

    /** Whether nothing has left this process: it could not be signed, or not be committed. */
    static boolean isBeforeSending(Throwable error) {
        return error instanceof CrynuxException || error instanceof CancellationException;
    }

    static CrynuxException error(Throwable error) {
        if (error instanceof SignerException) {
            return new CrynuxException(
                    "The task could not be signed: " + error.getMessage() + ". Nothing was charged", error);
        }
        return error instanceof CrynuxException known
                ? known
                : new CrynuxException("The task was not sent: " + error.getMessage() + ". Nothing was charged", error);
    }
}
