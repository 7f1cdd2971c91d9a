// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/**
 * The task journal cannot be used: another process uses it, it belongs to another network, it is damaged or from a newer
 * version, or writing to it failed. Nothing was sent that is not in the journal.
 */
public class JournalException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
