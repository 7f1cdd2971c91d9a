// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import java.math.BigInteger;

/**
 * The texts that the creator of a task signs for requests to the Relay, for creators with another wallet. The current time in
 * seconds is appended, in decimal; the creator signs keccak256 of the UTF-8 bytes (classic protocol, section 2).
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
