// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.internal.text.ForeignText;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A row of the {@link OptionTable}: what an option is for and what its values can be. */
final class Option {
    /** Where an option is set. */
    enum Scope {
        /** On the component only. */
        COMPONENT,
        /** On an endpoint, or on the component as the default of its endpoints. */
        ENDPOINT
    }

    /** When the range holds. */
    enum Condition {
        ALWAYS,
        /** It is the network's schema that says so: not with validate=false or a schema of one's own. */
        SCHEMA,
        /** Likewise, and for images only. */
        SCHEMA_OF_IMAGES;

        boolean holds(EndpointKind kind, CrynuxConfiguration options) {
            return this == ALWAYS
                    || (options.isValidate()
                            && options.getParametersSchema() == null
                            && (this == SCHEMA || kind == EndpointKind.SD));
        }
    }

    private static final int SHOWN = 40;
    private static final String AS_TEXT = "milliseconds, or text such as 10m";

    private final String name;
    private final Scope scope;
    private final Set<EndpointKind> to;
    private final Set<EndpointKind> from;
    private final Set<Protocol> protocols;
    private final Range range;
    private final Condition condition;
    private final String unit;
    private final Map<Protocol, String> defaults;
    private final String usually;
    private final boolean isRequired;
    private final boolean isSecret;

    private Option(Builder row) {
        name = row.name;
        scope = row.scope;
        to = row.to;
        from = row.from;
        protocols = row.protocols;
        range = row.range;
        condition = row.condition;
        unit = row.unit;
        defaults = row.defaults;
        usually = row.usually;
        isRequired = row.isRequired;
        isSecret = row.isSecret;
    }

    static Builder ofComponent(String name) {
        return new Builder(name, Scope.COMPONENT);
    }

    static Builder ofEndpoint(String name) {
        return new Builder(name, Scope.ENDPOINT);
    }

    String name() {
        return name;
    }

    Scope scope() {
        return scope;
    }

    /** The kinds of endpoint that use it as producers. */
    Set<EndpointKind> to() {
        return to;
    }

    /** The kinds of endpoint that use it as consumers. */
    Set<EndpointKind> from() {
        return from;
    }

    /** The protocols that it belongs to. */
    Set<Protocol> protocols() {
        return protocols;
    }

    /** The values that it can have, or null where its type says that. */
    Range range() {
        return range;
    }

    Condition condition() {
        return condition;
    }

    /** The unit of its values, or null. */
    String unit() {
        return unit;
    }

    /** The value that it has where none is set, or null; where {@link #isDefaultOfProtocol} by protocol. */
    String defaultOf(Protocol protocol) {
        return defaults.get(protocol);
    }

    /** Whether the default differs between protocols. The metadata has none then. */
    boolean isDefaultOfProtocol() {
        return Set.copyOf(defaults.values()).size() > 1;
    }

    /** The default in words where it depends on something else, such as the model; or null. */
    String usually() {
        return usually;
    }

    /** Whether its value must not be shown. */
    boolean isSecret() {
        return isSecret;
    }

    /**
     * Refuses a value that cannot be.
     *
     * @throws IllegalArgumentException naming the option, its value unless it is secret, what it can be and what to do
     */
    void check(Object value) {
        if (range == null || (value == null && !mustBeSet())) {
            return;
        }
        if (value == null || !range.allows(value)) {
            throw refused(value);
        }
    }

    /** A choice that has a default has no value that stands for none. */
    private boolean mustBeSet() {
        return range instanceof Range.Choice && !defaults.isEmpty();
    }

    IllegalArgumentException refused(Object value) {
        return new IllegalArgumentException("Option " + name + " " + shown(value) + "; it must be " + range.text()
                + inUnit() + ". Correct it" + otherwise());
    }

    private String otherwise() {
        if (isRequired) {
            return "";
        }
        return defaults.isEmpty() && usually == null ? ", or leave it out" : ", or leave it out for the default";
    }

    private String inUnit() {
        return unit == null ? "" : " (" + (range instanceof Range.Time ? AS_TEXT : unit) + ")";
    }

    private String shown(Object value) {
        if (isSecret) {
            return "cannot be used";
        }
        if (value instanceof Duration time) {
            return "is " + time.toMillis() + " ms";
        }
        return "is " + (value instanceof String text ? "'" + ForeignText.shown(text, SHOWN) + "'" : value)
                + (range instanceof Range.Time ? " ms" : "");
    }

    /** Makes a row. What is not said: every protocol, any value, no default. */
    static final class Builder {
        private final String name;
        private final Scope scope;
        private final Map<Protocol, String> defaults = new EnumMap<>(Protocol.class);
        private Set<EndpointKind> to = Set.of();
        private Set<EndpointKind> from = Set.of();
        private Set<Protocol> protocols = EnumSet.allOf(Protocol.class);
        private Range range;
        private Condition condition = Condition.ALWAYS;
        private String unit;
        private String usually;
        private boolean isRequired;
        private boolean isSecret;

        private Builder(String name, Scope scope) {
            this.name = name;
            this.scope = scope;
        }

        Builder to(Set<EndpointKind> kinds) {
            to = kinds;
            return this;
        }

        Builder from(Set<EndpointKind> kinds) {
            from = kinds;
            return this;
        }

        Builder only(Protocol first, Protocol... others) {
            protocols = EnumSet.of(first, others);
            return this;
        }

        Builder whole(long least) {
            return whole(least, Long.MAX_VALUE);
        }

        Builder whole(long least, long most) {
            return range(new Range.Whole(least, most));
        }

        Builder decimal(long least, long most) {
            return range(new Range.Decimal(least, most));
        }

        /** A time of a millisecond or more. */
        Builder time() {
            return range(new Range.Time(Duration.ofMillis(1))).unit("ms");
        }

        Builder timeOrZero() {
            return range(new Range.Time(Duration.ZERO)).unit("ms");
        }

        Builder text(String like) {
            return range(new Range.Text(like));
        }

        Builder choice(String... values) {
            return range(new Range.Choice(List.of(values)));
        }

        Builder read(String like, Consumer<String> reader) {
            return range(new Range.Read(like, reader));
        }

        Builder ofClient(String like) {
            return range(new Range.OfClient(like));
        }

        Builder range(Range values) {
            range = values;
            return this;
        }

        Builder when(Condition holds) {
            condition = holds;
            return this;
        }

        Builder unit(String ofValues) {
            unit = ofValues;
            return this;
        }

        /** The default of every protocol, as the metadata has it. */
        Builder byDefault(String value) {
            protocols.forEach(protocol -> defaults.put(protocol, value));
            return this;
        }

        Builder byDefault(Protocol protocol, String value) {
            defaults.put(protocol, value);
            return this;
        }

        /** The default in words. */
        Builder usually(String words) {
            usually = words;
            return this;
        }

        /** Endpoints that use it do not start without it. */
        Builder required() {
            isRequired = true;
            return this;
        }

        Builder secret() {
            isSecret = true;
            return this;
        }

        Option build() {
            return new Option(this);
        }
    }
}
