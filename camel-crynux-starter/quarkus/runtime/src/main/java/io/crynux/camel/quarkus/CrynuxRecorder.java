// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus;

import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import org.apache.camel.CamelContext;
import org.apache.camel.main.MainListener;
import org.eclipse.microprofile.config.ConfigProvider;

/** Runs the steps of the extension that belong to the start of the application. */
@Recorder
public class CrynuxRecorder {

    /** Starts the Camel context so that a failure is reported with its properties. */
    public RuntimeValue<MainListener> start() {
        return new RuntimeValue<>(new CrynuxStart());
    }

    /** Reads the component's properties before Camel does. */
    public void checkProperties(RuntimeValue<CamelContext> context) {
        new ComponentProperties(context.getValue()).check(ConfigProvider.getConfig());
    }
}
