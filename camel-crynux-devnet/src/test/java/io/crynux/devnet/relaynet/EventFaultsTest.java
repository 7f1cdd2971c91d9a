// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.relaynet.RelayClient.Order;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows of the event log that come late, and ids that are left out. */
class EventFaultsTest {
    private final RelayTestNetwork test = new RelayTestNetwork(RelayNetworkSettings.defaults(), 0);
    private final RelayNetwork network = test.network();
    private final RelayClient client = test.client(1);

    @AfterEach
    void close() {
        test.close();
    }

    /** A task that is created and cancelled writes one row. */
    private String writeRow() {
        Order order = client.image("a lighthouse");
        client.create(order);
        client.cancel(order);
        return order.commitment();
    }

    private List<Long> ids(String query) {
        return client.plainGet("/v1/events" + query)
                .data()
                .valueStream()
                .map(row -> row.path("id").longValue())
                .toList();
    }

    private long newest() {
        return client.plainGet("/v1/events/current_id").data().longValue();
    }

    @Test
    void aLateRowAppearsAfterRowsWithHigherIds() {
        network.faults().lateEvents(Duration.ofMillis(59)).times(1);
        writeRow();
        writeRow();
        assertThat(ids("?start=0")).containsExactly(2L);
        assertThat(newest()).isEqualTo(2);

        network.advance(Duration.ofMillis(59));

        assertThat(ids("?start=0")).containsExactly(1L, 2L);
        assertThat(ids("?start=2")).isEmpty();
    }

    @Test
    void idsAreLeftOut() {
        network.faults().eventGaps(10).times(1);
        writeRow();
        writeRow();
        assertThat(ids("")).containsExactly(11L, 12L);
    }

    @Test
    void aRowSaysWhoEndedTheTaskAndInWhichState() {
        String commitment = writeRow();
        JsonNode row = client.plainGet("/v1/events?task_id_commitment="
                        + commitment.toUpperCase(Locale.ROOT).replace("0X", "0x"))
                .data()
                .path(0);
        assertThat(row.path("type").textValue()).isEqualTo("TaskEndAborted");
        assertThat(row.path("node_address").textValue()).isEqualTo(client.address());
        assertThat(row.path("args").textValue())
                .isEqualTo("{\"task_id_commitment\":\"" + commitment + "\",\"abort_issuer\":\"" + client.address()
                        + "\",\"last_status\":0,\"abort_reason\":7}");
    }
}
