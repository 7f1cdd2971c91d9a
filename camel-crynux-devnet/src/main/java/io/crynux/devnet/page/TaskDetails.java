// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.page;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A task with its texts, as {@code GET /devnet/tasks/{id}} reports it.
 *
 * @param taskHash the hash of the parameters on the chain
 * @param parameters as they were uploaded, cut when they are long; null before
 * @param fullAnswer the text of a text task, cut when it is long; null for pictures and before
 */
record TaskDetails(
        @JsonUnwrapped Status.Task task, String taskHash, String result, String parameters, String fullAnswer) {
    /** Maximum number of characters of each text. */
    static final int SIGNS = 20_000;
}
