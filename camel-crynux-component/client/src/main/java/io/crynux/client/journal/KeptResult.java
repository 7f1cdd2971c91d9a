// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A result as a journal file tells of it.
 *
 * @param key of the task
 */
record KeptResult(String key, List<KeptFile> files) {

    /**
     * One file of it.
     *
     * @param contentType its MIME type
     * @param size in bytes
     * @param base64 its content, where it is short, else null
     * @param name of the file in the journal's directory of results, where it is long, else null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeptFile(String contentType, long size, String base64, String name) {}
}
