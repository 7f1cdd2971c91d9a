// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.web3j.crypto.Credentials;

/** The part of the Relay that a node uses. */
public interface NodeRelay {

    /** The parameters of a task, as its creator uploaded them; empty until then. */
    Optional<String> parameters(BigInteger taskId);

    /** Reports the id of each task whose parameters are uploaded from now on. */
    void onParameters(Consumer<BigInteger> listener);

    /**
     * Uploads the files of a result.
     *
     * @throws NotAcceptedException if the Relay refuses them, for example because it lags behind the chain
     */
    void uploadResults(BigInteger taskId, List<byte[]> files, Credentials node) throws NotAcceptedException;

    /** The Relay has refused an upload; the message is the Relay's. */
    final class NotAcceptedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public NotAcceptedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
