// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments.image;

/** A picture that Go's {@code image.DecodeConfig} cannot read; the message is the text of its error. */
public final class ImageRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    ImageRefusedException(String message) {
        super(message);
    }
}
