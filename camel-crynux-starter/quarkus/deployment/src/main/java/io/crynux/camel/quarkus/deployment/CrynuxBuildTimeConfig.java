// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus.deployment;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** Options of the extension. Those of the component are {@code camel.component.crynux.*}. */
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
         * Whether to start a devnet with the application in dev and test mode if {@code camel.component.crynux.rpc-url} is not
         * set.
         */
        @WithDefault("true")
        boolean enabled();

        /** Port of the chain's JSON-RPC. The default is a free port. */
        OptionalInt rpcPort();

        /** Port of the Relay, which also serves the devnet's page. The default is a free port. */
        OptionalInt relayPort();

        /** The time between blocks. A task takes about four of them. */
        @WithDefault("1s")
        Duration blockTime();

        /** Fee of a task, in CNX, if {@code camel.component.crynux.task-fee} is not set. */
        @WithDefault("30")
        String taskFee();
    }

    /** The component's health checks as a readiness check of Quarkus. */
    interface Health {

        /** Whether to report them at {@code /q/health} if quarkus-smallrye-health is present. */
        @WithDefault("true")
        boolean enabled();
    }
}
