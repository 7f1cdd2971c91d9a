// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/**
 * The wallet's signer failed, did not answer in time, or returned an invalid signature. Nothing was sent; the cause is what the
 * signer threw.
 */
public class SignerException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    public SignerException(String message, Throwable cause) {
        super(message, cause);
    }
}
