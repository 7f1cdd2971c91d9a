// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.GeneratedPropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.component.PropertyConfigurerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets options by their text, in front of the generated configurer. Choices such as {@code waitMethod=poll} are written in lower
 * case. Other cases, as earlier versions had them, are read with one WARN per option and CamelContext; other words are refused
 * with those that there are. A type converter could not do that: Camel converts enums before it asks for one.
 */
final class OptionConfigurer implements GeneratedPropertyConfigurer, PropertyConfigurerGetter {
    private static final Logger LOG = LoggerFactory.getLogger(OptionConfigurer.class);

    private final PropertyConfigurer generated;

    private OptionConfigurer(PropertyConfigurer generated) {
        this.generated = generated;
    }

    /** In front of a configurer, or null where Camel has found none yet. */
    static PropertyConfigurer before(PropertyConfigurer generated) {
        return generated == null ? null : new OptionConfigurer(generated);
    }

    @Override
    public boolean configure(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
        return generated.configure(context, target, name, read(context, name, value), ignoreCase);
    }

    private static Object read(CamelContext context, String name, Object value) {
        Option option = value instanceof String ? OptionTable.rowIgnoringCase(name) : null;
        if (option == null
                || !(option.range() instanceof Range.Choice choice)
                || value.toString().startsWith("#")
                || value.equals(PropertyConfigurerSupport.MAGIC_VALUE)) {
            return value;
        }
        option.check(value);
        String word = choice.lower(value);
        if (!word.equals(value) && OldSpellings.of(context).isFirst(option.name())) {
            LOG.warn(
                    "Option {} is {}, which is an old spelling. Write {}={}",
                    option.name(),
                    value,
                    option.name(),
                    word);
        }
        return word;
    }

    @Override
    public Class<?> getOptionType(String name, boolean ignoreCase) {
        return ((PropertyConfigurerGetter) generated).getOptionType(name, ignoreCase);
    }

    @Override
    public String[] getAutowiredNames() {
        return ((PropertyConfigurerGetter) generated).getAutowiredNames();
    }

    @Override
    public Object getCollectionValueType(Object target, String name, boolean ignoreCase) {
        return ((PropertyConfigurerGetter) generated).getCollectionValueType(target, name, ignoreCase);
    }

    @Override
    public Object getOptionValue(Object target, String name, boolean ignoreCase) {
        return ((PropertyConfigurerGetter) generated).getOptionValue(target, name, ignoreCase);
    }

    /** The options that a context has been warned of. */
    private static final class OldSpellings {
        private final Set<String> warned = ConcurrentHashMap.newKeySet();

        static OldSpellings of(CamelContext context) {
            OldSpellings known = context.getCamelContextExtension().getContextPlugin(OldSpellings.class);
            if (known != null) {
                return known;
            }
            OldSpellings made = new OldSpellings();
            context.getCamelContextExtension().addContextPlugin(OldSpellings.class, made);
            return made;
        }

        boolean isFirst(String option) {
            return warned.add(option);
        }
    }
}
