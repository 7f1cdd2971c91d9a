// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/**
 * The task journal cannot be used: another process has it, it belongs to another network, it is damaged or from a newer
 * version, or the disk does not take it. Nothing was sent that is not in it.
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
