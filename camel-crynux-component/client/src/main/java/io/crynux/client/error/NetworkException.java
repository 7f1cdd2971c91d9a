// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/**
 * The network cannot be used with this configuration: the node does not answer, is on another chain, or has no contract at the
 * address. Nothing was signed.
 */
public class NetworkException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    public NetworkException(String message) {
        super(message);
    }

    public NetworkException(String message, Throwable cause) {
        super(message, cause);
    }
}
