// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * The health checks of the component, among those of Camel's registry whose ids begin with {@code crynux}, as one check of
 * Quarkus: ready while none of them is DOWN. Its data has the state of each, and the reason where there is one.
 */
@Readiness
@ApplicationScoped
public class CrynuxReadiness implements HealthCheck {
    static final String NAME = "camel-crynux";

    private static final String IDS = "crynux";

    @Inject
    CamelContext context;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME).up();
        for (org.apache.camel.health.HealthCheck check : checks()) {
            org.apache.camel.health.HealthCheck.Result result = check.call();
            String state = result.getState().name();
            response.withData(
                    check.getId(),
                    result.getMessage().map(why -> state + ": " + why).orElse(state));
            if (result.getState() == org.apache.camel.health.HealthCheck.State.DOWN) {
                response.down();
            }
        }
        return response.build();
    }

    private List<org.apache.camel.health.HealthCheck> checks() {
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        if (registry == null || !registry.isEnabled()) {
            return List.of();
        }
        return registry.stream()
                .filter(check -> check.getId().startsWith(IDS) && check.isEnabled() && check.isReadiness())
                .toList();
    }
}
