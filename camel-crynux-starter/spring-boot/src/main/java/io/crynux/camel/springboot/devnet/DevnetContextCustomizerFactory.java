// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot.devnet;

import java.util.List;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Finds {@link EnableCrynuxDevnet}. */
final class DevnetContextCustomizerFactory implements ContextCustomizerFactory {
    @Override
    public ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
        EnableCrynuxDevnet annotation =
                TestContextAnnotationUtils.findMergedAnnotation(testClass, EnableCrynuxDevnet.class);
        return annotation == null ? null : DevnetContextCustomizer.of(annotation);
    }
}
