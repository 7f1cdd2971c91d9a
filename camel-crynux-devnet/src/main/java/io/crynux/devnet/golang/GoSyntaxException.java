// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.golang;

/** A text that Go cannot decode; the message is the text of Go's error. */
public final class GoSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    GoSyntaxException(String message) {
        super(message);
    }
}
