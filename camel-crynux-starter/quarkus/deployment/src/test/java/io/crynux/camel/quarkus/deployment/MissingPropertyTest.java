// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.util.ExceptionUtil;
import io.quarkus.test.QuarkusUnitTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MissingPropertyTest {
    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Pictures.class))
            .overrideConfigKey("quarkus.camel.crynux.devservices.enabled", "false")
            .assertException(MissingPropertyTest::check);

    private static void check(Throwable failure) {
        Throwable root = ExceptionUtil.getRootCause(failure);
        // Of the application's class loader, not of the test's.
        assertThat(root.getClass().getName()).isEqualTo(ConfigurationException.class.getName());
        assertThat(root)
                .hasMessage(
                        "Route pictures cannot start. Option rpcUrl is missing: set camel.component.crynux.rpc-url");
        assertThat(root.getStackTrace()).isEmpty();
    }

    @Test
    void aRouteWithoutANetworkIsToldWhichPropertyToSet() {
        fail("The application has started");
    }
}
