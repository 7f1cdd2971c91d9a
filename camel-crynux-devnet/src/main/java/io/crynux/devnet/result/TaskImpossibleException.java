// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.result;

/** A node cannot do what a task's parameters ask for; the message says why. */
public final class TaskImpossibleException extends Exception {
    private static final long serialVersionUID = 1L;

    public TaskImpossibleException(String message) {
        super(message);
    }

    public TaskImpossibleException(String message, Throwable cause) {
        super(message, cause);
    }
}
