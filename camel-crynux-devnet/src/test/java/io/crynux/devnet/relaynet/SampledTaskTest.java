// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.relaynet.RelayClient.Order;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import java.math.BigInteger;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sampled task whose siblings, by their own seeds, are not: as on the network, where one in a hundred is. */
class SampledTaskTest {
    private static final BigInteger MODULUS = BigInteger.valueOf(100);

    private final RelayTestNetwork test = new RelayTestNetwork(RelayNetworkSettings.defaults(), 6);
    private final RelayNetwork network = test.network();
    private final RelayClient client = test.client(1);
    private final Order first = client.image("a lighthouse");
    private final Order second = first.sibling();
    private final Order third = first.sibling();

    SampledTaskTest() {
        String sampled = seed(true);
        String other = seed(false);
        network.samplingSeeds(commitment -> commitment.equals(first.commitment()) ? sampled : other);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private String seed(boolean sampled) {
        return Stream.iterate(BigInteger.ONE, BigInteger.ONE::add)
                .map(number -> String.format("0x%064x", number))
                .filter(seed ->
                        sampled == (client.creator().number(seed).mod(MODULUS).signum() == 0))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itIsRefusedAloneAndAcceptedAsAGroup() {
        Stream.of(first, second, third).forEach(client::create);
        network.advance(Duration.ofSeconds(5));
        assertThat(client.validate(first).outcome()).isEqualTo("500 task is selected for validation");
        assertThat(client.validate(second, first, third).outcome()).isEqualTo("500 invalid proof");
        assertThat(client.validate(first, second, third).outcome()).isEqualTo("200");
    }

    @Test
    void aTaskThatIsNotSampledIsNoGroup() {
        Stream.of(second, third, first).forEach(client::create);
        network.advance(Duration.ofSeconds(5));
        assertThat(client.validate(second, third, first).outcome())
                .isEqualTo("500 task is not selected for validation");
        assertThat(client.validate(second).outcome()).isEqualTo("200");
        network.advance(Duration.ofSeconds(1));
        // The refused group has revealed the task id of all three.
        assertThat(client.status(second)).isEqualTo(11);
    }

    @Test
    void siblingsOfAFirstThatHasExpiredAreValidatedAlone() {
        client.create(first);
        network.advance(Duration.ofMinutes(9));
        Stream.of(second, third).forEach(client::create);
        network.advance(Duration.ofMinutes(2));
        assertThat(client.validate(first, second, third).outcome()).isEqualTo("500 task group validation expired");

        assertThat(client.validate(second).outcome()).isEqualTo("200");
        assertThat(client.validate(third).outcome()).isEqualTo("200");
        network.advance(Duration.ofSeconds(1));

        // Both task ids were known before the first upload [30].
        assertThat(client.status(second)).isEqualTo(11);
        assertThat(client.status(third)).isEqualTo(11);
        assertThat(client.shownBalance()).isEqualTo("9997");
    }
}
