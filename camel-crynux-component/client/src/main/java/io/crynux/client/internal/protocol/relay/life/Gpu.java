// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

/**
 * The GPU that a task requires.
 *
 * @param name exact name with platform
 * @param vram in GB
 */
public record Gpu(String name, long vram) {
    /**
     * That of the tasks which rescue error reports: they must stay queued until they are cancelled, so no node may have it
     * (recording 66).
     */
    public static final Gpu NONE_HAS = new Gpu("No Such GPU+Linux", 24);
}
