// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import java.math.BigInteger;
import java.util.TreeMap;

/**
 * The texts that the Relay wants the creator of a task to sign, for a creator whose key is elsewhere. The current time in
 * seconds is appended to a text, in decimal; what is signed is keccak256 of its UTF-8 bytes (classic protocol, section 2).
 */
public final class RequestTexts {

    private RequestTexts() {}

    /** For POST /v1/inference_tasks. */
    public static String upload(BigInteger taskId, String taskArgs) {
        TreeMap<String, Object> parameters = new TreeMap<>();
        parameters.put("task_args", taskArgs);
        parameters.put("task_id", taskId);
        return CanonicalJson.of(parameters);
    }

    /** For GET /v1/inference_tasks/{task_id}/results/{image_num}. */
    public static String result(BigInteger taskId, int number) {
        TreeMap<String, Object> parameters = new TreeMap<>();
        // The Relay signs the path's image_num as a string and its task_id as a number.
        parameters.put("image_num", Integer.toString(number));
        parameters.put("task_id", taskId);
        return CanonicalJson.of(parameters);
    }
}
