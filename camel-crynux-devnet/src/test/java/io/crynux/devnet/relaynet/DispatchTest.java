// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.relaynet.RelayClient.Order;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which task gets which node (relay.md, section 6.1). */
class DispatchTest {
    private static final Duration ROUND = Duration.ofSeconds(2);

    private final RelayTestNetwork test =
            new RelayTestNetwork(RelayNetworkSettings.defaults().withSamplingModulus(Integer.MAX_VALUE), 1);
    private final RelayNetwork network = test.network();
    private final RelayClient client = test.client(1);

    @AfterEach
    void close() {
        test.close();
    }

    @ParameterizedTest
    @CsvSource({
        "min_vram,24,1",
        "min_vram,25,0",
        "task_version,3.0.9,1",
        "task_version,3.1.1,0",
        "task_version,2.1.0,0",
        "task_version,4.0.0,0"
    })
    void memoryAndVersionMustFit(String field, String value, int status) {
        Order order =
                client.image("a lighthouse").with(field, field.equals("min_vram") ? Integer.valueOf(value) : value);
        client.create(order);
        network.advance(ROUND);
        assertThat(client.status(order)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "NVIDIA GeForce RTX 4090+Linux,24,1",
        "NVIDIA GeForce RTX 4090+Linux,25,0",
        "NVIDIA GeForce RTX 4090,24,0",
        "nvidia geforce rtx 4090+linux,24,0"
    })
    void aNamedGpuMustBeExactlyThatAndMemoryDoesNotCountThen(String gpu, int vram, int status) {
        Order order = client.image("a lighthouse")
                .with("required_gpu", gpu)
                .with("required_gpu_vram", vram)
                .with("min_vram", 200);
        client.create(order);
        network.advance(ROUND);
        assertThat(client.status(order)).isEqualTo(status);
    }

    @Test
    void aMacGetsTextsOnlyByItsName() {
        network.slash(network.nodes().get(0).address());
        network.join(test.node(7, "Apple M2 Ultra+Darwin", 64));
        Order any = client.text("Who are you?");
        Order named = client.text("Who are you?")
                .with("required_gpu", "Apple M2 Ultra+Darwin")
                .with("required_gpu_vram", 64);
        client.create(any);
        client.create(named);
        network.advance(ROUND);
        assertThat(client.status(any)).isZero();
        assertThat(client.status(named)).isEqualTo(1);
    }

    @Test
    void theTaskThatPaysMostIsFirst() {
        network.faults().nodes().hang();
        Order cheap = client.image("cheap").with("task_fee", "1000000000000000000");
        Order dear = client.image("dear").with("task_fee", "2000000000000000000");
        client.create(cheap);
        client.create(dear);
        network.advance(ROUND);
        assertThat(client.status(dear)).isEqualTo(1);
        assertThat(client.status(cheap)).isZero();
    }

    @Test
    void aModelThatNoNodeHasIsDownloadedFirst() {
        Order order = client.image("a lighthouse").with("task_model_ids", List.of("base:Rare/Model"));
        client.create(order);
        network.advance(ROUND);
        assertThat(client.status(order)).isZero();
        assertThat(client.plainGet("/v1/events").data().findValuesAsText("type"))
                .contains("DownloadModel");
        network.advance(Duration.ofSeconds(7));
        assertThat(client.status(order)).isNotZero();
    }

    @Test
    void aNodeKeepsItsTaskUntilTheEnd() {
        Order first = client.image("first");
        Order second = client.image("second");
        client.create(first);
        client.create(second);
        network.advance(Duration.ofSeconds(20));
        assertThat(client.status(first)).isEqualTo(4);
        assertThat(client.status(second)).isZero();
        client.validate(first);
        network.advance(Duration.ofSeconds(3));
        assertThat(client.status(second)).isNotZero();
    }
}
