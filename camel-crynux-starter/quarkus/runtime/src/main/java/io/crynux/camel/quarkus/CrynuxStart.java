// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.LoggerFactory;

/**
 * Starts the Camel context just before Camel Main would, since an exception of Camel Main reaches the user with its whole stack
 * trace. Camel Main then finds the context started.
 */
final class CrynuxStart extends MainListenerSupport {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(CrynuxStart.class);

    /** Camel logs the failed start with its whole stack trace, and Camel Main logs the exception thrown here again. */
    private static final String CAMEL = "org.apache.camel.impl.engine.AbstractCamelContext";

    private static final String FAILED = "Error starting CamelContext";

    @Override
    public void beforeStart(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        Logger ofCamel = Logger.getLogger(CAMEL);
        Filter before = ofCamel.getFilter();
        ofCamel.setFilter(
                entry -> !entry.getMessage().startsWith(FAILED) && (before == null || before.isLoggable(entry)));
        try {
            context.start();
        } catch (RuntimeException e) {
            context.stop();
            ConfigurationException told = StartFailure.told(e);
            if (told == null) {
                throw e;
            }
            LOG.debug("The Camel context did not start", e);
            throw told;
        } finally {
            ofCamel.setFilter(before);
        }
    }
}
