// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.util.ExceptionUtil;
import io.quarkus.test.QuarkusUnitTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MistypedChainIdTest {
    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Pictures.class))
            .overrideConfigKey("camel.component.crynux.rpc-url", "http://127.0.0.1:1")
            .overrideConfigKey("camel.component.crynux.chain-id", "1O0")
            .assertException(MistypedChainIdTest::check);

    private static void check(Throwable failure) {
        Throwable root = ExceptionUtil.getRootCause(failure);
        // Of the application's class loader, not of the test's.
        assertThat(root.getClass().getName()).isEqualTo(ConfigurationException.class.getName());
        assertThat(root).hasMessage("camel.component.crynux.chain-id is '1O0', which is not a whole number");
    }

    @Test
    void aChainIdThatIsNoNumberIsRefused() {
        fail("The application has started");
    }
}
