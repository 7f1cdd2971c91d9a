// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.internal.contract.Recording;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The recorded blooms of a real node tell which receipts have logs of the contract. */
class BloomTest {
    @SuppressWarnings("unused") // named by the test's annotation
    private static final List<String> RECORDINGS = Recording.ALL;

    @ParameterizedTest
    @FieldSource("RECORDINGS")
    void bloomMatchesExactlyWhereThereAreLogs(String name) {
        Recording recording = Recording.of(name);
        recording.receipts().forEach(receipt -> {
            String bloom =
                    receipt.path("response").path("result").get("logsBloom").textValue();
            assertThat(Bloom.mayContain(bloom, recording.contract()))
                    .as(receipt.get("label").textValue())
                    .isEqualTo(!Recording.logs(receipt).isEmpty());
        });
    }

    @Test
    void withoutABloomThereMayBeLogs() {
        assertThat(Bloom.mayContain(null, "0xdc64a140aa3e981100a9beca4e685f962f0cf6c9"))
                .isTrue();
        assertThat(Bloom.mayContain("0x", "0xdc64a140aa3e981100a9beca4e685f962f0cf6c9"))
                .isTrue();
    }
}
