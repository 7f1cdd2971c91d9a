// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contracts' code is in git, so that nobody needs a Solidity compiler to build; CI compiles it again and compares. */
class ContractCodeTest {
    private static final Path SOURCES = Path.of("src/main/solidity");

    @Test
    void isCompiledFromTheSourcesThatAreHere() throws IOException, NoSuchAlgorithmException {
        List<Path> files;
        try (Stream<Path> all = Files.list(SOURCES)) {
            files = all.filter(file -> file.toString().endsWith(".sol"))
                    .sorted()
                    .toList();
        }
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        for (Path file : files) {
            hash.update((file.getFileName() + "\n" + Files.readString(file)).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(ContractCode.load().sources())
                .as("compile the contracts anew, see CONTRIBUTING.md")
                .isEqualTo("sha256:" + HexFormat.of().formatHex(hash.digest()));
    }
}
