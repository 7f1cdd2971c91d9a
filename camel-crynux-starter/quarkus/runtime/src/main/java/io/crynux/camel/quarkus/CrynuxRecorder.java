// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus;

import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import org.apache.camel.CamelContext;
import org.apache.camel.main.MainListener;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the extension's build steps leave to be done when the application starts. */
@Recorder
public class CrynuxRecorder {

    /** Has the Camel context start where a failure can be told in the words of the configuration. */
    public RuntimeValue<MainListener> start() {
        return new RuntimeValue<>(new CrynuxStart());
    }

    /** Reads the component's properties before Camel does. */
    public void checkProperties(RuntimeValue<CamelContext> context) {
        new ComponentProperties(context.getValue()).check(ConfigProvider.getConfig());
    }
}
