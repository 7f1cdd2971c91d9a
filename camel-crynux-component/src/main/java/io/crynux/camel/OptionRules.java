// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.PropertyConfigurerGetter;

/**
 * Which options an endpoint's URI may have. Camel would find unknown ones itself, but print their values, and somebody who
 * writes {@code privateKey=0x...} on an endpoint must not read it in a log.
 */
final class OptionRules {
    private static final Map<EndpointKind, Set<String>> OF_ANOTHER_KIND = Map.of(
            EndpointKind.SD, Set.of("systemPrompt", "resultFormat"),
            EndpointKind.GPT, Set.of("negativePrompt", "numImages", "steps", "cfg", "imageWidth", "imageHeight"),
            EndpointKind.SD_FT_LORA,
                    Set.of(
                            "systemPrompt",
                            "resultFormat",
                            "negativePrompt",
                            "steps",
                            "cfg",
                            "imageWidth",
                            "imageHeight"));
    /** Every endpoint of Camel has it, although the metadata lists it for consumers only. */
    private static final String EXCHANGE_PATTERN = "exchangePattern";

    private OptionRules() {}

    /** @throws IllegalArgumentException naming the options that are wrong and where they belong, without their values */
    static void check(CrynuxComponent component, EndpointKind kind, Set<String> given) {
        EndpointUriFactory endpointOptions =
                component.getCamelContext().getCamelContextExtension().getEndpointUriFactory("crynux");
        for (String option : new TreeSet<>(given)) {
            if (OF_ANOTHER_KIND.get(kind).contains(option)) {
                throw new IllegalArgumentException(
                        "Option " + option + " does not apply to crynux:" + kind.path() + "; remove it");
            }
            if (!endpointOptions.propertyNames().contains(option) && !EXCHANGE_PATTERN.equals(option)) {
                throw unknown(component, kind, option);
            }
        }
    }

    private static IllegalArgumentException unknown(CrynuxComponent component, EndpointKind kind, String option) {
        boolean onComponent = component.getComponentPropertyConfigurer() instanceof PropertyConfigurerGetter options
                && options.getOptionType(option, true) != null;
        return new IllegalArgumentException(
                onComponent
                        ? "Option " + option
                                + " belongs to the component, not to an endpoint: set camel.component.crynux." + option
                        : "Option " + option + " of crynux:" + kind.path() + " is not known; check its spelling");
    }
}
