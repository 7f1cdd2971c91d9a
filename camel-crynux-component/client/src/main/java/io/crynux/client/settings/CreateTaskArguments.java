// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

/** How many arguments the deployment's createTask has. Later deployments name a GPU besides (classic protocol, section 1). */
public enum CreateTaskArguments {
    /** Found out when the client connects. */
    AUTO,
    /** No GPU can be asked for. */
    FIVE,
    /** gpuName and gpuVram can be asked for, and tasks of kind sd-ft-lora run. */
    SEVEN
}
