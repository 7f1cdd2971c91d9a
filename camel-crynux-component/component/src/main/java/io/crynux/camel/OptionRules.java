// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.PropertyConfigurerGetter;

/**
 * Which options an endpoint's URI may have. Camel would find unknown ones itself, but print their values, and somebody who
 * writes {@code privateKey=0x...} on an endpoint must not read it in a log. An option that is of no use where it stands is
 * refused too: who set it expects something of it.
 */
final class OptionRules {
    private static final Set<String> TASK = Set.of(
            "taskFee",
            "model",
            "seed",
            "taskArgs",
            "vramLimit",
            "cap",
            "gpuName",
            "gpuVram",
            "parametersSchema",
            "validate",
            "bodyFormat",
            "waitFor",
            "taskTimeout",
            "idempotencyKey",
            "maxAttempts",
            "feeIncrease",
            "cancelOnTimeout",
            "maxResultSize",
            "spoolThreshold");
    private static final Set<String> IMAGE = Set.of("negativePrompt", "steps", "cfg", "imageWidth", "imageHeight");
    private static final Set<String> NUMBER_OF_IMAGES = Set.of("numImages");
    private static final Set<String> RESULT_FORMAT = Set.of("resultFormat");
    private static final Set<String> RESULT = Set.of("maxResultSize", "spoolThreshold");
    private static final Set<String> EVENT = Set.of(
            "eventTypes",
            "creator",
            "startBlock",
            "confirmations",
            "offsetRepository",
            "offsetKey",
            "fetchResult",
            "resultTimeout",
            "breakOnFirstError",
            "maxResultSize",
            "spoolThreshold");

    private static final Map<EndpointKind, Set<String>> TO = Map.of(
            EndpointKind.SD, union(TASK, IMAGE, NUMBER_OF_IMAGES),
            EndpointKind.GPT, union(TASK, RESULT_FORMAT, Set.of("systemPrompt")),
            EndpointKind.SD_FT_LORA, union(TASK, NUMBER_OF_IMAGES),
            EndpointKind.EVENTS, Set.of(),
            EndpointKind.TASK, union(RESULT, RESULT_FORMAT, Set.of("operation", "waitFor", "taskTimeout")),
            EndpointKind.WALLET, Set.of(),
            EndpointKind.NETWORK, Set.of());
    private static final Map<EndpointKind, Set<String>> FROM = Map.of(
            EndpointKind.SD, EVENT,
            EndpointKind.GPT, union(EVENT, RESULT_FORMAT),
            EndpointKind.SD_FT_LORA, EVENT,
            EndpointKind.EVENTS, union(EVENT, RESULT_FORMAT),
            EndpointKind.TASK, Set.of(),
            EndpointKind.WALLET, Set.of("minBalance", "checkInterval"),
            EndpointKind.NETWORK, Set.of());
    private static final Set<String> OF_PRODUCERS = Set.of("lazyStartProducer");
    private static final Set<String> OF_CONSUMERS = Set.of("bridgeErrorHandler", "exceptionHandler");
    /** Every endpoint of Camel has it, although the metadata lists it for consumers only. */
    private static final Set<String> OF_ALL = Set.of("exchangePattern");

    private OptionRules() {}

    /**
     * Refuses what is of no use whatever the endpoint is used for.
     *
     * @throws IllegalArgumentException naming the options that are wrong and where they belong, without their values
     */
    static void check(CrynuxComponent component, EndpointKind kind, Set<String> given) {
        EndpointUriFactory endpointOptions =
                component.getCamelContext().getCamelContextExtension().getEndpointUriFactory("crynux");
        for (String option : new TreeSet<>(given)) {
            if (!endpointOptions.propertyNames().contains(option)) {
                throw unknown(component, kind, option);
            }
            if (!producerOptions(kind).contains(option)
                    && !consumerOptions(kind).contains(option)) {
                throw new IllegalArgumentException(
                        "Option " + option + " does not apply to crynux:" + kind.path() + "; remove it");
            }
        }
    }

    /** Refuses options of a URI that is sent to. */
    static void checkProducer(EndpointKind kind, Collection<String> given) {
        refuseOthers(producerOptions(kind), kind, given, "from", "to");
    }

    /** Refuses options of a URI that a route begins with. */
    static void checkConsumer(EndpointKind kind, Collection<String> given) {
        refuseOthers(consumerOptions(kind), kind, given, "to", "from");
    }

    private static void refuseOthers(
            Set<String> used, EndpointKind kind, Collection<String> given, String where, String here) {
        given.stream()
                .sorted()
                .filter(option -> !used.contains(option))
                .findFirst()
                .ifPresent(option -> {
                    throw new IllegalArgumentException("Option " + option + " is for " + where + "(\"crynux:"
                            + kind.path() + "\") only, but stands in " + here + "(\"crynux:" + kind.path()
                            + "\"); remove it");
                });
    }

    static Set<String> producerOptions(EndpointKind kind) {
        return union(TO.get(kind), OF_PRODUCERS, OF_ALL);
    }

    static Set<String> consumerOptions(EndpointKind kind) {
        return union(FROM.get(kind), OF_CONSUMERS, OF_ALL);
    }

    private static Set<String> union(Collection<String> first, Collection<String> second) {
        return union(first, second, Set.of());
    }

    private static Set<String> union(Collection<String> first, Collection<String> second, Collection<String> third) {
        Set<String> all = new HashSet<>(first);
        all.addAll(second);
        all.addAll(third);
        return Set.copyOf(all);
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
