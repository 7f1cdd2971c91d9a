// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/**
 * The Relay knows a task of somebody else, or with other parameters, under the id. Either a reorganisation has given the id to another task, and one side has not seen it yet, or the wallet or the contract is
 * not the one that the Relay works for.
 */
public final class OtherTaskException extends RelayException {
    private static final long serialVersionUID = 1L;

    public OtherTaskException(String message) {
        super(message);
    }
}
