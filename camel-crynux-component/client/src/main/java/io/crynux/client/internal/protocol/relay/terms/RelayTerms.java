// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.terms;

import io.crynux.client.internal.json.JsonView;
import java.util.List;

/**
 * What steers the dispatch of a task (relay protocol, section 6.1). All members of a group have the same terms, apart from the
 * GPU of a text task.
 *
 * @param models the {@code task_model_ids}: first the base model, such as {@code base:crynux-network/sdxl-turbo+fp16}, which a
 *     node must have on its disk, then LoRA and ControlNet; in the user's letter case
 * @param minVram least VRAM of a node, in GB; has no effect with a GPU
 * @param gpu name of the GPU that a node must have, with its platform, such as {@code NVIDIA GeForce RTX 4090+Linux}; "" for any
 * @param gpuVram VRAM of this GPU, in GB, which must be equal; 0 for any GPU
 * @param version least version of a node; its first number must be equal
 * @param size {@code task_size}: the number of images, 1 for text and fine-tuning
 * @param timeoutSeconds execution timeout of fine-tuning; 0 for other kinds, whose timeout the Relay calculates
 */
public record RelayTerms(
        List<String> models, long minVram, String gpu, long gpuVram, String version, long size, long timeoutSeconds) {

    public RelayTerms {
        models = List.copyOf(JsonView.required(models, "models"));
        JsonView.required(gpu, "gpu");
        JsonView.required(version, "version");
    }

    /** The terms of a sibling in a group of a text task, whose results are equal on equal GPUs only. */
    public RelayTerms on(String gpuName, long vramGigabytes) {
        return new RelayTerms(models, minVram, gpuName, vramGigabytes, version, size, timeoutSeconds);
    }
}
