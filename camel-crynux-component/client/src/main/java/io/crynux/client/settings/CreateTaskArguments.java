// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

/** Number of arguments of the contract's createTask. Newer deployments also take a GPU (classic protocol, section 1). */
public enum CreateTaskArguments {
    /** Detected when the client connects. */
    AUTO,
    /** Tasks cannot request a GPU. */
    FIVE,
    /** Tasks can request gpuName and gpuVram, and tasks of kind sd-ft-lora run. */
    SEVEN
}
