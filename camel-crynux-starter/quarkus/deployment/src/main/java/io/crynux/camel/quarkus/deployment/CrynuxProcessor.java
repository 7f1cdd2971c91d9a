// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus.deployment;

import io.crynux.camel.quarkus.CrynuxReadiness;
import io.crynux.camel.quarkus.CrynuxRecorder;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.IndexDependencyBuildItem;
import io.quarkus.smallrye.health.deployment.spi.HealthBuildItem;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.quarkus.core.deployment.main.spi.CamelMainListenerBuildItem;
import org.apache.camel.quarkus.core.deployment.spi.CamelContextBuildItem;
import org.apache.camel.quarkus.core.deployment.spi.CamelRuntimeTaskBuildItem;

/** Registers the component with Quarkus, and checks its properties before routes use them. */
class CrynuxProcessor {
    static final String FEATURE = "camel-crynux";

    private static final String CAMELS_OWN_BRIDGE =
            "org.apache.camel.quarkus.component.microprofile.health.runtime.CamelMicroProfileHealthRecorder";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    /** Camel Quarkus looks for services, converters and configurers in indexed jars only. */
    @BuildStep
    List<IndexDependencyBuildItem> index() {
        return Stream.of("camel-crynux", "crynux-client")
                .map(artifact -> new IndexDependencyBuildItem("io.crynux.camel", artifact))
                .toList();
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    CamelMainListenerBuildItem start(CrynuxRecorder recorder) {
        return new CamelMainListenerBuildItem(recorder.start());
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    CamelRuntimeTaskBuildItem checkProperties(CrynuxRecorder recorder, CamelContextBuildItem context) {
        recorder.checkProperties(context.getCamelContext());
        return new CamelRuntimeTaskBuildItem("crynux-properties");
    }

    @BuildStep
    void readiness(Capabilities capabilities, CrynuxBuildTimeConfig config, BuildProducer<HealthBuildItem> checks) {
        boolean told = QuarkusClassLoader.isClassPresentAtRuntime(CAMELS_OWN_BRIDGE);
        if (capabilities.isPresent(Capability.SMALLRYE_HEALTH) && !told) {
            checks.produce(new HealthBuildItem(
                    CrynuxReadiness.class.getName(), config.health().enabled()));
        }
    }
}
