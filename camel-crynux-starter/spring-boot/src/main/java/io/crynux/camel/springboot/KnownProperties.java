// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * The names below {@code camel.component.crynux}. Others are refused, since a misspelt limit on spending would have no effect.
 * Spring's own check would print the value, which can be a key under a misspelt name.
 */
final class KnownProperties {
    static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("camel.component.crynux");

    private static final Set<String> NAMES = Arrays.stream(
                    BeanUtils.getPropertyDescriptors(CrynuxComponentConfiguration.class))
            .map(property -> PREFIX.append(dashed(property.getName())).getLastElement(Form.UNIFORM))
            .collect(Collectors.toUnmodifiableSet());

    private KnownProperties() {}

    /** @throws UnknownPropertyException naming the first property that is not known */
    static void check(Environment environment) {
        // Environment variables and system properties are shared by many programs.
        UnboundElementsSourceFilter files = new UnboundElementsSourceFilter();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable && files.apply(source)) {
                iterable.stream().filter(name -> !isKnown(name)).findFirst().ifPresent(name -> {
                    throw new UnknownPropertyException(name);
                });
            }
        }
    }

    private static boolean isKnown(ConfigurationPropertyName name) {
        return !PREFIX.isAncestorOf(name)
                || NAMES.contains(name.getElement(PREFIX.getNumberOfElements(), Form.UNIFORM));
    }

    /** The property of an option of the component: {@code rpcUrl} is {@code camel.component.crynux.rpc-url}. */
    static ConfigurationPropertyName ofOption(String option) {
        return PREFIX.append(dashed(option));
    }

    /** Whether the component has such an option. */
    static boolean isOption(String option) {
        return BeanUtils.getPropertyDescriptor(CrynuxComponentConfiguration.class, option) != null
                && !"class".equals(option);
    }

    private static String dashed(String option) {
        return option.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
