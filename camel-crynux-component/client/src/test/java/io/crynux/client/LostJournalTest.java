// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.JournalException;
import io.crynux.client.journal.FileTaskJournal;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.devnet.fault.Fault;
import io.crynux.testing.WatchedJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the journal's file is lost while a client has it open, nothing more is paid, and what is paid goes on. */
class LostJournalTest extends ChainTestSupport {
    @TempDir
    Path directory;

    private Fault withheld;
    private CrynuxClient client;
    private CompletableFuture<TaskResult> underWay;

    @BeforeEach
    void payForATask() throws Exception {
        start(quick());
        withheld = devnet.faults().relay().withholdResults();
        WatchedJournal journal = new WatchedJournal(new FileTaskJournal(directory.toString()));
        CountDownLatch uploaded = new CountDownLatch(1);
        journal.afterWrite(record -> {
            if (record.state() == TaskState.UPLOADED) {
                uploaded.countDown();
            }
        });
        client = open(builder().journal(journal));
        underWay = client.submit(keyed("under-way"));
        assertThat(uploaded.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private static TaskRequest keyed(String key) {
        return question("30").idempotencyKey(key).build();
    }

    private Path file() {
        return directory.resolve("tasks.journal");
    }

    private void assertNothingMoreIsPaid(String why) throws Exception {
        for (String key : new String[] {"second", "third"}) {
            assertThat(failure(client.submit(keyed(key))))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(why)
                    .hasMessageContaining("No new task is paid");
        }
        assertThat(failure(client.status().journal())).hasMessageContaining(why);
        assertThat(minedTransactions()).isEqualTo(1);
    }

    private void assertTheTaskUnderWayEndsWell() throws Exception {
        withheld.end();
        assertThat(get(underWay).completion().text()).contains("lichen");
        assertThat(minedTransactions()).isEqualTo(1);
    }

    @Test
    void oneThatIsDeletedStopsPayments() throws Exception {
        Files.delete(file());

        assertNothingMoreIsPaid("the file was deleted or moved away");
        assertTheTaskUnderWayEndsWell();

        client.close();
        assertThat(failure(open(builder().journal(new FileTaskJournal(directory.toString())))
                        .connect()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("is missing");
    }

    @Test
    void oneThatIsReplacedByACopyStopsPaymentsAndWhoRestartsPaysNothingTwice() throws Exception {
        Path copy = Files.copy(file(), directory.resolve("copy"));
        Files.move(copy, file(), StandardCopyOption.REPLACE_EXISTING);

        assertNothingMoreIsPaid("another file was put in its place");
        assertTheTaskUnderWayEndsWell();

        client.close();
        CrynuxClient next = open(builder().journal(new FileTaskJournal(directory.toString())));
        assertThat(get(next.submit(keyed("under-way"))).completion().text()).contains("lichen");
        assertThat(minedTransactions()).isEqualTo(1);
        get(next.submit(keyed("second")));
        assertThat(minedTransactions()).isEqualTo(2);
    }

    @Test
    void oneThatIsPutBackIsPaidFromAgain() throws Exception {
        Path away = directory.resolve("away");
        Files.move(file(), away);
        assertNothingMoreIsPaid("the file was deleted or moved away");

        Files.move(away, file());

        assertTheTaskUnderWayEndsWell();
        get(client.submit(keyed("second")));
        assertThat(minedTransactions()).isEqualTo(2);
    }
}
