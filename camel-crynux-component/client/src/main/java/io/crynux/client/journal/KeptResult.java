// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A stored result in a journal file.
 *
 * @param key of the task
 */
record KeptResult(String key, List<KeptFile> files) {

    /**
     * One file of it.
     *
     * @param contentType its MIME type
     * @param size in bytes
     * @param base64 content of a short file, else null
     * @param name of a long file in the journal's directory of results, else null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeptFile(String contentType, long size, String base64, String name) {}
}
