// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * One of the component's checks. It is a readiness check only: a restart repairs no network and funds no wallet. Camel's
 * AbstractHealthCheck would make camel-health a dependency.
 */
final class CrynuxHealthCheck implements HealthCheck {
    private static final String GROUP = "camel";

    private final String id;
    private final Consumer<HealthCheckResultBuilder> look;
    private volatile boolean enabled = true;

    /** @param look sets state, message and details of the result; it must not block */
    CrynuxHealthCheck(String id, Consumer<HealthCheckResultBuilder> look) {
        this.id = id;
        this.look = look;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String getGroup() {
        return GROUP;
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this)
                .detail(CHECK_ID, id)
                .detail(CHECK_GROUP, GROUP)
                .detail(CHECK_KIND, Kind.READINESS.name());
        if (enabled) {
            look.accept(result);
        } else {
            result.unknown().message("Disabled");
        }
        return result.build();
    }
}
