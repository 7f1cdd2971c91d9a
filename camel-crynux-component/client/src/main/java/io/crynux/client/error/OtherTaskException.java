// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/**
 * The Relay has, or may have, another task under the id: one of another creator or with other parameters. Either a
 * reorganisation has given the id to another task and the client or the Relay has not seen it yet, or the wallet or the
 * contract differs from the Relay's.
 */
public final class OtherTaskException extends RelayException {
    private static final long serialVersionUID = 1L;

    private final boolean proven;

    /** The Relay has returned the other task. */
    public OtherTaskException(String message) {
        this(message, true);
    }

    /** @param proven whether the Relay has returned the other task */
    public OtherTaskException(String message, boolean proven) {
        super(message);
        this.proven = proven;
    }

    /** Whether the Relay has returned the other task; otherwise it may still be the client's own task. */
    public boolean isProven() {
        return proven;
    }
}
