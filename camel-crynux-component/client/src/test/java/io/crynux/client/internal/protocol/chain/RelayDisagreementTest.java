// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.OtherTaskException;
import io.crynux.client.error.RelayException;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** That the Relay knows another task under the id may come of a reorganisation that one side has not seen yet. */
class RelayDisagreementTest extends ScriptedChainTestSupport {
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    /** A task whose first upload is under way. */
    private CompletableFuture<TaskResult> created() {
        chain.uploading(false);
        start();
        CompletableFuture<TaskResult> result = submit("a");
        create();
        return result;
    }

    /** The Relay answers to the upload that is under way, and the next one is due. */
    private void answer(OtherTaskException refusal) {
        assertThat(chain.openUploads()).isOne();
        chain.endUploads(refusal);
        time.settle();
        time.advance(LONGEST_DELAY);
    }

    @Test
    void itIsAskedAgainWhileTheCreationIsNotFinal() {
        CompletableFuture<TaskResult> result = created();
        for (int i = 0; i < 20; i++) {
            answer(new OtherTaskException("Task hash mismatch"));
        }
        chain.endUploads(null);
        time.settle();
        assertThat(record().state()).isEqualTo(TaskState.UPLOADED);
        assertThat(result).isNotDone();
    }

    @Test
    void itIsToldWhenNoReorganisationCanBeTheReason() {
        CompletableFuture<TaskResult> result = created();
        for (int i = 0; i < 6; i++) {
            answer(new OtherTaskException("Signer not allowed"));
        }
        assertThat(result).isNotDone();
        mine(FINAL);
        chain.endUploads(new OtherTaskException("Signer not allowed"));
        time.settle();

        assertThat(failure(result))
                .isInstanceOf(RelayException.class)
                .hasMessageContaining("could not be uploaded: Signer not allowed. The fee of 1 CNX was paid");
        time.advance(HOUR.dividedBy(2));
        assertThat(chain.openUploads()).isZero();
    }

    @Test
    void aRelayThatIsBehindHasSomeSecondsHoweverSoonBlocksAreFinal() {
        CompletableFuture<TaskResult> result = created();
        mine(FINAL);
        for (int i = 0; i < 5; i++) {
            answer(new OtherTaskException("Task hash mismatch"));
            assertThat(result).isNotDone();
        }
        chain.endUploads(new OtherTaskException("Task hash mismatch"));
        time.settle();
        assertThat(failure(result)).isInstanceOf(RelayException.class);
    }

    @Test
    void parametersThatItHasAndDoesNotShowAreOursOnceTheCreationIsFinal() {
        created();
        for (int i = 0; i < 6; i++) {
            answer(new OtherTaskException("Task not ready", false));
        }
        assertThat(record().state()).isEqualTo(TaskState.CREATED);
        mine(FINAL);
        chain.endUploads(new OtherTaskException("Task not ready", false));
        time.settle();
        assertThat(record().state()).isEqualTo(TaskState.UPLOADED);
    }

    @Test
    void aReorganisationEndsTheTries() {
        created();
        chain.endUploads(new OtherTaskException("Task hash mismatch"));
        time.settle();
        reorganise(1);
        time.advance(LONGEST_DELAY);
        assertThat(chain.openUploads()).isZero();
        create();
        assertThat(chain.openUploads()).as("of the new task").isOne();
    }
}
