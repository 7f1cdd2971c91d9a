// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;

/** What the definition of the image says of the devnet holds. */
class ContainerfileTest {
    private final CommandSpec command = Main.command(new Main(Map.of())).getCommandSpec();
    private final String file;

    ContainerfileTest() throws IOException {
        file = Files.readString(Path.of("Containerfile"));
    }

    private List<String> matches(String pattern) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(file)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void itExposesThePortsOfTheDevnet() {
        String rpc = command.findOption("--rpc-port").defaultValue();
        String relay = command.findOption("--relay-port").defaultValue();
        assertThat(matches("^EXPOSE .*$")).containsExactly("EXPOSE " + rpc + " " + relay);
        assertThat(file).contains("${CRYNUX_DEVNET_RELAY_PORT:-" + relay + "}");
    }

    @Test
    void itsVariablesAreThoseOfOptions() {
        List<String> known =
                command.options().stream().map(EnvironmentDefaults::variable).toList();
        assertThat(matches("CRYNUX_DEVNET_[A-Z_]+")).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void itRunsTheDevnet() {
        assertThat(matches("^ENTRYPOINT .*$"))
                .hasSize(1)
                .first()
                .asString()
                .endsWith("\"" + Main.class.getName() + "\"]");
    }
}
