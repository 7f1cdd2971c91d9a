// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.camel.CrynuxComponent;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.protocol.core.methods.response.EthBlock;

/** A native image is told what the component reads and makes by name. */
class RuntimeHintsTest {
    private static final String SERVICES = "META-INF/services/org/apache/camel/";

    private final RuntimeHints hints = new RuntimeHints();

    @BeforeEach
    void register() {
        new CrynuxRuntimeHints().registerHints(hints, getClass().getClassLoader());
    }

    @Test
    void filesOfTheComponentAreInTheImage() {
        assertResource("META-INF/io/crynux/camel/crynux.json");
        assertResource("io/crynux/client/schema/sd.schema.json");
        assertResource("io/crynux/client/schema/gpt.schema.json");
        assertResource("io/crynux/client/schema/sd-ft-lora.schema.json");
    }

    @Test
    void whatCamelMakesByNameCanBeMade() throws IOException {
        for (String file : new String[] {
            "component/crynux",
            "configurer/crynux-component",
            "configurer/crynux-endpoint",
            "urifactory/crynux-endpoint"
        }) {
            assertResource(SERVICES + file);
            assertCanBeMade(classIn(file));
        }
        assertResource(SERVICES + "TypeConverterLoader");
        List<String> loaders = lines(SERVICES + "TypeConverterLoader").stream()
                .filter(name -> name.startsWith("io.crynux."))
                .toList();
        assertThat(loaders).isNotEmpty().allSatisfy(this::assertCanBeMade);
    }

    @Test
    void whatIsReadAndMadeByReflectionCanBe() {
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(CrynuxComponent.class)
                        .withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(Uint256.class)
                        .withMemberCategory(MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(EthBlock.Block.class))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(TypeReference.of("io.crynux.client.journal.JournalFrame")))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(TypeReference.of("io.crynux.client.operation.TaskStatus$View")))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(TypeReference.of("io.crynux.client.event.ContractEvent$Succeeded")))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of("io.crynux.client.journal.TaskOrder")))
                .accepts(hints);
    }

    private void assertResource(String path) {
        assertThat(getClass().getClassLoader().getResource(path)).as(path).isNotNull();
        assertThat(RuntimeHintsPredicates.resource().forResource(path)).as(path).accepts(hints);
    }

    private void assertCanBeMade(String name) {
        assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(name)))
                .as(name)
                .accepts(hints);
    }

    private static String classIn(String file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = RuntimeHintsTest.class.getClassLoader().getResourceAsStream(SERVICES + file)) {
            properties.load(in);
        }
        return properties.getProperty("class");
    }

    private static List<String> lines(String resource) throws IOException {
        List<String> lines = new ArrayList<>();
        for (URL file : Collections.list(RuntimeHintsTest.class.getClassLoader().getResources(resource))) {
            try (InputStream in = file.openStream()) {
                new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(lines::add);
            }
        }
        return lines;
    }
}
