// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.http;

import java.io.IOException;

/** An answer exceeds the caller's limit. */
public final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long limit) {
        super("the answer is longer than " + limit + " bytes");
    }
}
