// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus.deployment;

import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.CrynuxDevnetBuilder;
import io.quarkus.deployment.builditem.Startable;
import java.time.Duration;

/** A devnet as Quarkus starts and stops it. */
final class DevnetService implements Startable {
    /** The Relay of the real network is about so far behind; slower than a block it would only make waiting longer. */
    private static final Duration LONGEST_RELAY_LAG = Duration.ofSeconds(1);

    private final CrynuxDevnet devnet;

    DevnetService(CrynuxBuildTimeConfig.DevServices config) {
        Duration blockTime = config.blockTime();
        CrynuxDevnetBuilder builder = CrynuxDevnet.builder()
                .blockTime(blockTime)
                .relayLag(blockTime.compareTo(LONGEST_RELAY_LAG) < 0 ? blockTime : LONGEST_RELAY_LAG);
        config.rpcPort().ifPresent(builder::rpcPort);
        config.relayPort().ifPresent(builder::relayPort);
        this.devnet = builder.build();
    }

    CrynuxDevnet devnet() {
        return devnet;
    }

    @Override
    public void start() {
        devnet.start();
    }

    @Override
    public String getConnectionInfo() {
        return devnet.rpcUrl();
    }

    /** It runs in this JVM. */
    @Override
    public String getContainerId() {
        return null;
    }

    @Override
    public void close() {
        devnet.close();
    }
}
