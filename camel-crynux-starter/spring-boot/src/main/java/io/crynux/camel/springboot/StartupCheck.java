// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot;

import io.crynux.camel.CrynuxEndpoint;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.Producer;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Starts a producer of each endpoint before Camel does. When a start fails, Camel logs the whole stack trace above the reason;
 * a start that is vetoed takes one line.
 */
final class StartupCheck extends LifecycleStrategySupport {
    /** Camel names it in the log when it vetoes. */
    @Override
    public String toString() {
        return "crynux";
    }

    @Override
    public void onContextStarting(CamelContext context) throws VetoCamelContextStartException {
        if (!context.isAutoStartup() || context.getRouteController().isSupervising()) {
            return;
        }
        for (RouteDefinition route : ((ModelCamelContext) context).getRouteDefinitions()) {
            if (route.getAutoStartup() == null || "true".equals(route.getAutoStartup())) {
                check(context, route);
            }
        }
    }

    private static void check(CamelContext context, RouteDefinition route) throws VetoCamelContextStartException {
        for (ToDefinition to : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)) {
            String uri = to.getEndpointUri();
            if (uri != null && uri.startsWith("crynux:") && to.getDisabled() == null) {
                check(context, route, uri);
            }
        }
    }

    private static void check(CamelContext context, RouteDefinition route, String uri)
            throws VetoCamelContextStartException {
        try {
            CrynuxEndpoint endpoint = context.getEndpoint(uri, CrynuxEndpoint.class);
            if (!endpoint.isLazyStartProducer()) {
                Producer producer = endpoint.createProducer();
                ServiceHelper.startService(producer);
                ServiceHelper.stopAndShutdownService(producer);
            }
        } catch (Exception e) {
            // A context that is vetoed does not stop components, since it has not started them.
            ServiceHelper.stopService(context.hasComponent("crynux"));
            Throwable named = new FailedToStartRouteException(route.getRouteId(), e.getMessage(), e);
            throw new VetoCamelContextStartException(named.getMessage(), named, context, true);
        }
    }
}
