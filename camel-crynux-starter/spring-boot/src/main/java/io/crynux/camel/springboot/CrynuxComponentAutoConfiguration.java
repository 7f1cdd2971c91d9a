// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot;

import io.crynux.camel.CrynuxComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.spring.boot.ComponentConfigurationProperties;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.apache.camel.support.service.ServiceHelper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;

/**
 * Gives the component {@code crynux} the properties {@code camel.component.crynux.*}. Off with
 * {@code camel.component.crynux.enabled=false}; without the properties, but the rest, with
 * {@code camel.component.crynux.customizer.enabled=false}.
 */
@AutoConfiguration(after = {CamelAutoConfiguration.class, CrynuxComponentConverter.class})
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@EnableConfigurationProperties({ComponentConfigurationProperties.class, CrynuxComponentConfiguration.class})
@ConditionalOnHierarchicalProperties({"camel.component", "camel.component.crynux"})
@ImportRuntimeHints(CrynuxRuntimeHints.class)
public class CrynuxComponentAutoConfiguration {
    private final ApplicationContext applicationContext;
    private final CrynuxComponentConfiguration configuration;

    public CrynuxComponentAutoConfiguration(
            ApplicationContext applicationContext, CrynuxComponentConfiguration configuration) {
        KnownProperties.check(applicationContext.getEnvironment());
        this.applicationContext = applicationContext;
        this.configuration = configuration;
    }

    @Lazy
    @Bean
    public ComponentCustomizer configureCrynuxComponent() {
        return new ComponentCustomizer() {
            @Override
            public void configure(String name, Component target) {
                // The options of endpoints are set on it, so it must not come after them.
                if (configuration.getConfiguration() != null) {
                    ((CrynuxComponent) target).setConfiguration(configuration.getConfiguration());
                }
                checkTexts((CrynuxComponent) target);
                CamelPropertiesHelper.copyProperties(target.getCamelContext(), configuration, target);
            }

            /** A component of another name is another network and another wallet: these properties are not its. */
            @Override
            public boolean isEnabled(String name, Component target) {
                return "crynux".equals(name)
                        && target instanceof CrynuxComponent
                        && HierarchicalPropertiesEvaluator.evaluate(
                                applicationContext, "camel.component.customizer", "camel.component.crynux.customizer");
            }
        };
    }

    /**
     * Sets what is text first. For a text that the component refuses, such as a choice that it does not have, Camel would look for
     * a bean of that name, and report that there is none.
     *
     * @throws IllegalArgumentException naming the option
     */
    private void checkTexts(CrynuxComponent target) {
        ServiceHelper.initService(target);
        CamelPropertiesHelper.getNonNullProperties(target.getCamelContext(), configuration)
                .forEach((option, value) -> {
                    if (value instanceof String text && !text.startsWith("#") && !text.contains("{{")) {
                        target.getComponentPropertyConfigurer()
                                .configure(target.getCamelContext(), target, option, text, true);
                    }
                });
    }

    @Bean
    CamelContextConfiguration crynuxStartupCheck() {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camelContext) {
                camelContext.addLifecycleStrategy(new StartupCheck());
            }

            @Override
            public void afterApplicationStart(CamelContext camelContext) {
                // nothing to do
            }
        };
    }
}
