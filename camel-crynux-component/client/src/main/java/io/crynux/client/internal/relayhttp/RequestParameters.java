// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import java.math.BigInteger;
import java.util.SortedMap;
import java.util.TreeMap;

/** The parameters that the signature of a request covers, by name (classic protocol, section 2). */
final class RequestParameters {

    private RequestParameters() {}

    /** Of POST /v1/inference_tasks. */
    static SortedMap<String, Object> upload(BigInteger taskId, String taskArgs) {
        SortedMap<String, Object> parameters = status(taskId);
        parameters.put("task_args", taskArgs);
        return parameters;
    }

    /** Of GET /v1/inference_tasks/{task_id}/results/{image_num}. */
    static SortedMap<String, Object> result(BigInteger taskId, int number) {
        SortedMap<String, Object> parameters = status(taskId);
        // The Relay signs the path's image_num as a string and its task_id as a number.
        parameters.put("image_num", Integer.toString(number));
        return parameters;
    }

    /** Of GET /v1/inference_tasks/{task_id}. */
    static SortedMap<String, Object> status(BigInteger taskId) {
        SortedMap<String, Object> parameters = new TreeMap<>();
        parameters.put("task_id", taskId);
        return parameters;
    }
}
