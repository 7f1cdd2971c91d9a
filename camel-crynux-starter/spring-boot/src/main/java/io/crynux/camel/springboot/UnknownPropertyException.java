// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** A property below {@code camel.component.crynux} that is no option. Says its name, never its value. */
final class UnknownPropertyException extends IllegalArgumentException {
    private final transient ConfigurationPropertyName name;

    UnknownPropertyException(ConfigurationPropertyName name) {
        super("The component has no such option");
        this.name = name;
    }

    ConfigurationPropertyName name() {
        return name;
    }
}
