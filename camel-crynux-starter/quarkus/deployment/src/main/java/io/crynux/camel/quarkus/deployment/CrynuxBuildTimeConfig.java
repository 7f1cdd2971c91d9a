// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus.deployment;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** What the extension does besides running the component, whose own options are {@code camel.component.crynux.*}. */
@ConfigMapping(prefix = "quarkus.camel.crynux")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface CrynuxBuildTimeConfig {

    /** A devnet in dev and test mode. */
    DevServices devservices();

    /** The component's health checks as a readiness check of Quarkus. */
    Health health();

    /** A devnet in dev and test mode. */
    interface DevServices {

        /**
         * Whether a devnet starts with the application in dev and test mode, where {@code camel.component.crynux.rpc-url} is not
         * set.
         */
        @WithDefault("true")
        boolean enabled();

        /** The port of the chain's JSON-RPC. A free one by default. */
        OptionalInt rpcPort();

        /** The port of the Relay, which has the devnet's page too. A free one by default. */
        OptionalInt relayPort();

        /** The time between blocks. A task takes about four of them. */
        @WithDefault("1s")
        Duration blockTime();

        /** What a task pays, in CNX, where {@code camel.component.crynux.task-fee} is not set. */
        @WithDefault("30")
        String taskFee();
    }

    /** The component's health checks as a readiness check of Quarkus. */
    interface Health {

        /** Whether they are told at {@code /q/health}, where quarkus-smallrye-health is there. */
        @WithDefault("true")
        boolean enabled();
    }
}
