// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.ResultUnavailableException;
import io.crynux.client.settings.OperationSettings;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskResult;
import io.crynux.testing.LoggedMessages;
import io.crynux.testing.RelayFault;
import io.crynux.testing.RelayProxy.Call;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Without room for a result its task says so, costs no second payment and can be fetched later. */
class FullDiskTest extends RelayTestSupport {
    private static final int SIZE = 1_000_000;
    private static final String DIRECTORY = "java.io.tmpdir";

    private final String usual = System.getProperty(DIRECTORY);

    /** One that is not there fails as one that is full, with another reason. */
    @BeforeEach
    void fillTheDisk() {
        proxy.always(Call.RESULT, RelayFault.png(SIZE));
        System.setProperty(DIRECTORY, usual + "/is-not-there");
    }

    @AfterEach
    void makeRoom() {
        System.setProperty(DIRECTORY, usual);
    }

    @Test
    void theMessageSaysWhereRoomIsMissingAndTheResultCanBeFetchedLater() throws Exception {
        try (LoggedMessages logged = new LoggedMessages("io.crynux.client")) {
            ResultUnavailableException error = failure(image().build(), ResultUnavailableException.class);

            assertThat(error)
                    .hasMessageContaining("Free space in " + usual + "/is-not-there")
                    .hasMessageContaining("java.io.tmpdir")
                    .hasMessageContaining("can be downloaded again")
                    .hasMessageContaining("The fee of 30 CNX was paid");
            assertThat(logged.ofThreads(""))
                    .anyMatch(message -> message.contains("trying again") && message.contains("Free space in"));
            makeRoom();

            TaskResult later = client.tasks()
                    .result(error.facts().taskId(), OperationSettings.DEFAULT)
                    .get(30, TimeUnit.SECONDS);

            assertThat(later.files().get(0).size()).isEqualTo(SIZE);
            later.files().forEach(ResultFile::close);
        }
    }

    @Test
    void whoAsksAgainByItsKeyGetsTheResultWithoutPayingAgain() throws Exception {
        ResultUnavailableException error =
                failure(image().idempotencyKey("7").build(), ResultUnavailableException.class);
        makeRoom();

        TaskResult again = run(image().idempotencyKey("7").build());

        assertThat(again.taskId()).isEqualTo(error.facts().taskId());
        again.files().forEach(ResultFile::close);
    }

    @Test
    void aResultThatComesWhenThereIsRoomAgain() throws Exception {
        proxy.next(Call.RESULT, RelayFault.png(SIZE), RelayFault.png(SIZE), (exchange, relay) -> {
            makeRoom();
            RelayFault.png(SIZE).answer(exchange, relay);
        });

        TaskResult result = run(image().build());

        assertThat(result.files().get(0).size()).isEqualTo(SIZE);
        result.files().forEach(ResultFile::close);
    }
}
