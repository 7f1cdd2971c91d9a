// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/**
 * The Relay knows a task of somebody else, or with other parameters, under the id, or may know one. Either a reorganisation has
 * given the id to another task, and one side has not seen it yet, or the wallet or the contract is not the one that the Relay
 * works for.
 */
public final class OtherTaskException extends RelayException {
    private static final long serialVersionUID = 1L;

    private final boolean proven;

    /** The Relay has shown the other task. */
    public OtherTaskException(String message) {
        this(message, true);
    }

    /** @param proven whether the Relay has shown the other task, or only not ours */
    public OtherTaskException(String message, boolean proven) {
        super(message);
        this.proven = proven;
    }

    /** Whether the Relay has shown the other task; if not, it may be ours all the same. */
    public boolean isProven() {
        return proven;
    }
}
