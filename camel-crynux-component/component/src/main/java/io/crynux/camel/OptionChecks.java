// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

/**
 * Holds options to the {@link OptionTable} before anything is contacted. Camel would find unknown options of a URI itself, but
 * print their values, and somebody who writes {@code privateKey=0x...} on an endpoint must not read it in a log. An option that
 * has no effect where it stands is refused too: who set it expects one.
 */
final class OptionChecks {

    private OptionChecks() {}

    /**
     * Refuses options that the kind does not use in either direction.
     *
     * @param given the options of a URI
     * @throws IllegalArgumentException naming the option and where it belongs, without its value
     */
    static void checkKnown(CrynuxComponent component, EndpointKind kind, Set<String> given) {
        EndpointUriFactory endpointOptions =
                component.getCamelContext().getCamelContextExtension().getEndpointUriFactory("crynux");
        for (String name : new TreeSet<>(given)) {
            Option option = OptionTable.row(name);
            if (option == null || !endpointOptions.propertyNames().contains(name)) {
                throw unknown(kind, name, option);
            }
            if (!option.to().contains(kind) && !option.from().contains(kind)) {
                throw new IllegalArgumentException(
                        "Option " + name + " does not apply to crynux:" + kind.path() + "; remove it");
            }
        }
    }

    private static IllegalArgumentException unknown(EndpointKind kind, String name, Option option) {
        return new IllegalArgumentException(
                option == null
                        ? "Option " + name + " of crynux:" + kind.path() + " is not known; check its spelling"
                        : "Option " + name
                                + " belongs to the component, not to an endpoint: set camel.component.crynux." + name);
    }

    /**
     * Checks the options of an endpoint that is sent to.
     *
     * @param given those that its URI sets
     * @throws IllegalArgumentException naming the option
     */
    static void checkProducer(CrynuxEndpoint endpoint, Collection<String> given) {
        refuseOthers(endpoint.endpointKind(), given, Option::to, "from", "to");
        checkValues(endpoint, Option::to);
    }

    /** Likewise for an endpoint that a route begins with. */
    static void checkConsumer(CrynuxEndpoint endpoint, Collection<String> given) {
        refuseOthers(endpoint.endpointKind(), given, Option::from, "to", "from");
        checkValues(endpoint, Option::from);
    }

    private static void refuseOthers(
            EndpointKind kind,
            Collection<String> given,
            Function<Option, Set<EndpointKind>> users,
            String where,
            String here) {
        given.stream()
                .sorted()
                .filter(option -> !users.apply(OptionTable.row(option)).contains(kind))
                .findFirst()
                .ifPresent(option -> {
                    throw new IllegalArgumentException("Option " + option + " is for " + where + "(\"crynux:"
                            + kind.path() + "\") only, but stands in " + here + "(\"crynux:" + kind.path()
                            + "\"); remove it");
                });
    }

    /** Values of options that the endpoint does not use have no effect. */
    private static void checkValues(CrynuxEndpoint endpoint, Function<Option, Set<EndpointKind>> users) {
        EndpointKind kind = endpoint.endpointKind();
        CrynuxConfiguration options = endpoint.getConfiguration();
        PropertyConfigurer values = endpoint.getComponent().getEndpointPropertyConfigurer();
        OptionTable.rows()
                .filter(option -> users.apply(option).contains(kind))
                .filter(option -> option.condition().holds(kind, options))
                .forEach(option -> option.check(value(values, endpoint, option)));
        if (options.getGpuVram() != null
                && options.getGpuName() == null
                && users.apply(OptionTable.row("gpuVram")).contains(kind)) {
            throw new IllegalArgumentException(
                    "Option gpuVram is set without gpuName. Set gpuName to the GPU that has this VRAM, or remove it");
        }
    }

    /**
     * Checks the values of the options that only the component has.
     *
     * @throws IllegalArgumentException naming the option
     */
    static void checkComponent(CrynuxComponent component) {
        PropertyConfigurer values = component.getComponentPropertyConfigurer();
        OptionTable.rows()
                .filter(option -> option.scope() == Option.Scope.COMPONENT)
                .forEach(option -> option.check(value(values, component, option)));
    }

    private static Object value(PropertyConfigurer values, Object target, Option option) {
        return option.range() == null
                ? null
                : ((PropertyConfigurerGetter) values).getOptionValue(target, option.name(), false);
    }
}
