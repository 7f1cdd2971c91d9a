// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Reads options that are not given as arguments from environment variables: {@code --rpc-port} from
 * {@code CRYNUX_DEVNET_RPC_PORT}. An error in such a value names the variable.
 */
final class EnvironmentDefaults implements IDefaultValueProvider, IParameterExceptionHandler {
    private static final String PREFIX = "CRYNUX_DEVNET_";

    private final Map<String, String> environment;
    private final IParameterExceptionHandler usual;

    /** @param usual reports errors to the user */
    EnvironmentDefaults(Map<String, String> environment, IParameterExceptionHandler usual) {
        this.environment = environment;
        this.usual = usual;
    }

    /** The variable that an option can be set by. */
    static String variable(OptionSpec option) {
        return PREFIX + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** An empty variable counts as not set: compose files and shells cannot always omit one. */
    private boolean isSet(OptionSpec option) {
        return !environment.getOrDefault(variable(option), "").isEmpty();
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option && isSet(option) ? environment.get(variable(option)) : null;
    }

    @Override
    public int handleParseException(ParameterException error, String[] arguments) throws Exception {
        if (!(error.getArgSpec() instanceof OptionSpec option)
                || !isSet(option)
                || Arrays.stream(arguments)
                        .anyMatch(argument -> argument.split("=", 2)[0].equals(option.longestName()))) {
            return usual.handleParseException(error, arguments);
        }
        String message = error.getMessage() + " (from the environment variable " + variable(option) + ")";
        return usual.handleParseException(
                new ParameterException(error.getCommandLine(), message, error, option, error.getValue()), arguments);
    }
}
