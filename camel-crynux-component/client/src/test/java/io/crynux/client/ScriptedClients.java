// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.testing.ScriptedNetwork;

/** Opens the builder to tests that run tasks on a {@link ScriptedNetwork}. */
public final class ScriptedClients {

    private ScriptedClients() {}

    /** A builder of a client of that network, which needs neither chain nor wallet. */
    public static CrynuxClientBuilder builder(ScriptedNetwork network) {
        return CrynuxClient.builder().protocol(network.protocol());
    }
}
