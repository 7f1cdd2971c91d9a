// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.journal.TaskOrder;
import io.crynux.client.settings.CreateTaskArguments;
import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.TransactionDecoder;

/** Our calldata is that of the recorded transactions, which the real contract took. */
class RecordedPaymentsTest {

    @Test
    void createTaskOfFiveArguments() {
        String data = recordedData("01-sd-success", "alice createTask sd / send");

        // The recorder filled dataHash, which the contract reserves and we leave zero.
        assertThat(withoutDataHash(TaskContract.createTask(
                        order("7908d36baee2c3bbd32e2c559045c9df4d72e30bb952a0038758673fad4b119a"),
                        CreateTaskArguments.FIVE)))
                .isEqualTo(withoutDataHash(data));
    }

    @Test
    void createTaskOfSevenArguments() {
        String data = recordedData("11-f0aa46b-sd-success", "alice createTask sd 7 args / send");

        assertThat(withoutDataHash(TaskContract.createTask(
                        order("bec4f4af9c1620ab3ebb3b5093a09b4657a799716f632e316f0050054dc9af7a"),
                        CreateTaskArguments.SEVEN)))
                .isEqualTo(withoutDataHash(data));
    }

    private static TaskOrder order(String taskHash) {
        return TaskOrder.of("key", TaskKind.SD, "{}", "0x" + taskHash, "0xbcd4042de499d14e55001ccbb24a551f3b954096")
                .withFee(BigInteger.TEN)
                .withTerms(new ChainTerms(8, 1, "", 0).data());
    }

    private static String recordedData(String recording, String label) {
        String raw = Recording.of(recording)
                .entry(label)
                .path("request")
                .path("params")
                .get(0)
                .textValue();
        String data = TransactionDecoder.decode(raw).getData();
        return data.startsWith("0x") ? data : "0x" + data;
    }

    private static String withoutDataHash(String data) {
        int start = 2 + 8 + 2 * 64;
        return data.substring(0, start) + "-".repeat(64) + data.substring(start + 64);
    }
}
