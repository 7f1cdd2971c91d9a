// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import java.math.BigInteger;

/**
 * What a creator asked for.
 *
 * @param type 0 Stable Diffusion, 1 GPT, 2 LoRA fine-tuning
 * @param vramLimit least VRAM of a node in GB
 * @param fee in wei
 * @param price by which waiting tasks are ranked: fee by cap; zero while it does not wait
 * @param gpu the card that it must run on
 */
record TaskRequest(
        long id,
        int type,
        String creator,
        String taskHash,
        String dataHash,
        BigInteger vramLimit,
        BigInteger fee,
        BigInteger price,
        Gpu gpu) {
    static final int STABLE_DIFFUSION = 0;
    static final int GPT = 1;
    static final int LORA = 2;

    TaskRequest withPrice(BigInteger newPrice) {
        return new TaskRequest(id, type, creator, taskHash, dataHash, vramLimit, fee, newPrice, gpu);
    }

    /** Later deployments start a waiting task without the card that was asked for. */
    TaskRequest withoutGpu() {
        return new TaskRequest(id, type, creator, taskHash, dataHash, vramLimit, fee, price, Gpu.ANY);
    }
}
