// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.chain.ChainAccess.EventLog;
import io.crynux.devnet.watch.TaskEvent;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the board makes of the chain's events; no devnet has so many tasks in a test. */
class TaskBoardTest {
    private static final EventLog LOG = new EventLog("0x", List.of(), "0x", 1, "0xb", "0xt", 0);

    private final TaskBoard board = new TaskBoard(log -> BigInteger.TEN, InstantSource.system());

    private static BigInteger id(long id) {
        return BigInteger.valueOf(id);
    }

    private static TaskEvent.Pending pending(long id) {
        return new TaskEvent.Pending(id(id), 0, "0xc", "0xh", "0xd");
    }

    private static TaskEvent.Started started(long id, long round) {
        return new TaskEvent.Started(id(id), 0, "0xc", "0xn" + round, "0xh", id(round));
    }

    private TaskState state(long id) {
        return board.find(id(id)).orElseThrow().state();
    }

    @Test
    void ofThoseThatHaveEndedOnlyTheNewestAreKeptAndAllAreCounted() {
        board.added(pending(1), LOG);
        LongStream.rangeClosed(2, 5_001).forEach(id -> {
            board.added(pending(id), LOG);
            board.added(new TaskEvent.ResultUploaded(id(id)), LOG);
        });

        assertThat(board.counts()).containsEntry(TaskState.QUEUED, 1L).containsEntry(TaskState.SUCCEEDED, 5_000L);
        assertThat(board.find(id(5_001 - TaskBoard.KEPT_ENDED))).isEmpty();
        assertThat(board.find(id(5_002 - TaskBoard.KEPT_ENDED))).isPresent();
        assertThat(board.newest(10_000))
                .hasSize(TaskBoard.KEPT_ENDED + 1)
                .first()
                .matches(task -> task.created().taskId().equals(id(5_001)));
        assertThat(state(1)).as("one that waits is never forgotten").isEqualTo(TaskState.QUEUED);
    }

    @Test
    void whatAReorgTakesBackIsUndoneInTheOppositeOrder() {
        var success = new TaskEvent.Success(id(1), "0xr", "0xn0");
        board.added(pending(1), LOG);
        board.added(started(1, 0), LOG);
        board.added(started(1, 1), LOG);
        board.added(success, LOG);
        board.added(new TaskEvent.ResultUploaded(id(1)), LOG);
        assertThat(state(1)).isEqualTo(TaskState.SUCCEEDED);

        board.removed(new TaskEvent.ResultUploaded(id(1)));
        assertThat(state(1)).isEqualTo(TaskState.RESULT_KNOWN);
        board.removed(success);
        board.removed(started(1, 1));
        assertThat(board.find(id(1)).orElseThrow().nodes()).containsExactly("0xn0");
        board.removed(started(1, 0));
        assertThat(state(1)).isEqualTo(TaskState.QUEUED);
        assertThat(board.find(id(1)).orElseThrow().startedAt()).isNull();
        board.removed(pending(1));
        assertThat(board.find(id(1))).isEmpty();
        assertThat(board.counts().values()).containsOnly(0L);
    }

    @Test
    void aCancellationAfterTheUploadChangesNothing() {
        board.added(pending(1), LOG);
        board.added(new TaskEvent.ResultUploaded(id(1)), LOG);
        board.added(new TaskEvent.Aborted(id(1), "Task Cancelled"), LOG);

        assertThat(state(1)).isEqualTo(TaskState.SUCCEEDED);
        assertThat(board.find(id(1)).orElseThrow().abortReason()).isNull();
    }
}
