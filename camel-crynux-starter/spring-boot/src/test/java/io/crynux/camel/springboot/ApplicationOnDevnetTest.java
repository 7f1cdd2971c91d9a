// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.camel.CrynuxComponent;
import io.crynux.camel.springboot.devnet.EnableCrynuxDevnet;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.devnet.CrynuxDevnet;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;

/** An application runs its routes on a network of the test, not on that of its properties. */
@SpringBootTest(classes = TestApplication.class)
@EnableCrynuxDevnet
@TestPropertySource(
        locations = "classpath:production.properties",
        properties = "camel.component.crynux.max-task-fee=40")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApplicationOnDevnetTest {
    @Autowired
    private CrynuxDevnet devnet;

    @Autowired
    private ProducerTemplate template;

    @Autowired
    private CamelContext camel;

    @Autowired
    private Environment environment;

    @Test
    @Order(1)
    void aFaultIsOfTheNetworkOfTheTest() {
        devnet.faults().nodes().disagree();
        assertThatThrownBy(() -> template.requestBody("direct:prompts", "a lighthouse", byte[].class))
                .hasRootCauseInstanceOf(TaskAbortedException.class);
    }

    @Test
    @Order(2)
    void theFaultEndsWithItsTestAndAPromptBecomesAnImage() {
        byte[] image = template.requestBody("direct:prompts", "a lighthouse at dawn", byte[].class);
        assertThat(image).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    @Order(3)
    void networkAndWalletOfTheApplicationAreOutOfReach() {
        CrynuxComponent crynux = camel.getComponent("crynux", CrynuxComponent.class);
        assertThat(crynux.getRpcUrl()).isEqualTo(devnet.rpcUrl());
        assertThat(crynux.getRelayUrl()).isEqualTo(devnet.relayUrl());
        assertThat(crynux.getContractAddress()).isEqualTo(devnet.contractAddress());
        assertThat(crynux.getChainId()).isEqualTo(devnet.chainId());
        assertThat(crynux.getPrivateKey()).isEqualTo(devnet.account(0).privateKey());
        assertThat(crynux.getKeystoreFile()).isNull();
        assertThat(crynux.getKeystorePassword()).isNull();
        assertThat(environment.getProperty("camel.component.crynux.rpc-url")).isEqualTo(devnet.rpcUrl());
    }

    @Test
    @Order(4)
    void whatTheApplicationSaysOtherwiseHolds() {
        CrynuxComponent crynux = camel.getComponent("crynux", CrynuxComponent.class);
        assertThat(crynux.getMaxTaskFee()).isEqualTo("40");
        assertThat(String.valueOf(crynux.getFinality()))
                .as("set by the application")
                .isEqualTo("3");
        assertThat(crynux.getPollInterval()).as("set by the devnet's support").isEqualTo(50);
    }
}
