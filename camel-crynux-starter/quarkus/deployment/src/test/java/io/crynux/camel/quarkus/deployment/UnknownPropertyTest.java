// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.util.ExceptionUtil;
import io.quarkus.test.QuarkusUnitTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnknownPropertyTest {
    private static final String KEY = "0x00000000000000000000000000000000000000000000000000000000deadbeef";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Pictures.class))
            .overrideConfigKey("camel.component.crynux.rpc-url", "http://127.0.0.1:1")
            .overrideConfigKey("camel.component.crynux.private-kee", KEY)
            .assertException(UnknownPropertyTest::check);

    private static void check(Throwable failure) {
        Throwable root = ExceptionUtil.getRootCause(failure);
        // Of the application's class loader, not of the test's.
        assertThat(root.getClass().getName()).isEqualTo(ConfigurationException.class.getName());
        assertThat(root)
                .hasMessage(
                        "camel.component.crynux.private-kee is not known; check its spelling against the options of the"
                                + " component");
        StringWriter all = new StringWriter();
        failure.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain(KEY);
    }

    @Test
    void aMisspelledPropertyIsToldWithoutItsValue() {
        fail("The application has started");
    }
}
