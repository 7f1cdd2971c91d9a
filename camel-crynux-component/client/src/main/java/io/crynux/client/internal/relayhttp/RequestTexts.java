// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import java.math.BigInteger;

/**
 * The texts that the Relay wants the creator of a task to sign, for a creator whose key is elsewhere. The current time in
 * seconds is appended to a text, in decimal; what is signed is keccak256 of its UTF-8 bytes (classic protocol, section 2).
 */
public final class RequestTexts {

    private RequestTexts() {}

    /** For POST /v1/inference_tasks. */
    public static String upload(BigInteger taskId, String taskArgs) {
        return CanonicalJson.of(RequestParameters.upload(taskId, taskArgs));
    }

    /** For GET /v1/inference_tasks/{task_id}/results/{image_num}. */
    public static String result(BigInteger taskId, int number) {
        return CanonicalJson.of(RequestParameters.result(taskId, number));
    }
}
