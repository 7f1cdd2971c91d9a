// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import static io.crynux.client.internal.protocol.relay.task.AbortReason.CREATOR_CANCELLED;
import static io.crynux.client.internal.protocol.relay.task.AbortReason.CREATOR_VALIDATION_TIMEOUT;
import static io.crynux.client.internal.protocol.relay.task.AbortReason.ERROR_REPORTED;
import static io.crynux.client.internal.protocol.relay.task.AbortReason.GROUP_TIMEOUT;
import static io.crynux.client.internal.protocol.relay.task.AbortReason.INCORRECT_RESULT;
import static io.crynux.client.internal.protocol.relay.task.AbortReason.NODE_SLASHED;
import static io.crynux.client.internal.protocol.relay.task.AbortReason.RESULT_UPLOAD_TIMEOUT;
import static io.crynux.client.internal.protocol.relay.task.AbortReason.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.internal.protocol.relay.task.AbortReason;
import io.crynux.client.internal.protocol.relay.task.TaskStatus;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who pays in each ending, by the table of the relay protocol, section 7.1. */
class MoneyRulesTest {

    /** How one member ended. */
    private record End(TaskStatus status, AbortReason reason) {}

    private static End end(TaskStatus status) {
        return new End(status, AbortReason.NONE);
    }

    private static End aborted(AbortReason reason) {
        return new End(TaskStatus.END_ABORTED, reason);
    }

    private static final End PAID = end(TaskStatus.END_SUCCESS);
    private static final End GROUP_PAID = end(TaskStatus.END_GROUP_SUCCESS);
    private static final End BACK = end(TaskStatus.END_GROUP_REFUND);
    private static final End ODD = end(TaskStatus.END_INVALIDATED);

    static Stream<Arguments> rows() {
        return Stream.of(
                row("success (01)", Ending.SUCCEEDED, 1, PAID),
                row("cancelled while queued (06)", Ending.ABORTED, 0, aborted(CREATOR_CANCELLED)),
                row("queue or execution time-out (10, 11)", Ending.ABORTED, 0, aborted(TIMEOUT)),
                row("error validated (07)", Ending.ABORTED, 0, aborted(ERROR_REPORTED)),
                row("not validated in time (09)", Ending.VALIDATION_MISSED, 1, aborted(CREATOR_VALIDATION_TIMEOUT)),
                row("type 2 not validated in time (35)", Ending.ABORTED, 0, aborted(TIMEOUT)),
                row("upload time-out (12)", Ending.ABORTED, 0, aborted(RESULT_UPLOAD_TIMEOUT)),
                row("node slashed (54)", Ending.ABORTED, 0, aborted(NODE_SLASHED)),
                row("all equal (20)", Ending.SUCCEEDED, 1, BACK, GROUP_PAID, BACK),
                row("two equal, one other (21, 22)", Ending.SUCCEEDED, 2, GROUP_PAID, ODD, BACK),
                row(
                        "two errors, one score (23)",
                        Ending.INVALIDATED,
                        1,
                        aborted(INCORRECT_RESULT),
                        ODD,
                        aborted(INCORRECT_RESULT)),
                row(
                        "no two equal (25)",
                        Ending.ABORTED,
                        0,
                        aborted(INCORRECT_RESULT),
                        aborted(INCORRECT_RESULT),
                        aborted(INCORRECT_RESULT)),
                row(
                        "one cancelled, two equal (26, 34, 63)",
                        Ending.SUCCEEDED,
                        1,
                        aborted(CREATOR_CANCELLED),
                        GROUP_PAID,
                        BACK),
                row(
                        "two cancelled (27)",
                        Ending.ABORTED,
                        0,
                        aborted(GROUP_TIMEOUT),
                        aborted(CREATOR_CANCELLED),
                        aborted(CREATOR_CANCELLED)),
                row("chosen node does not upload (28)", Ending.ABORTED, 0, BACK, aborted(RESULT_UPLOAD_TIMEOUT), BACK),
                row(
                        "three errors rescued (66)",
                        Ending.ABORTED,
                        0,
                        aborted(GROUP_TIMEOUT),
                        aborted(ERROR_REPORTED),
                        aborted(ERROR_REPORTED),
                        aborted(CREATOR_CANCELLED),
                        aborted(CREATOR_CANCELLED)),
                row(
                        "three errors, first lost (31)",
                        Ending.VALIDATION_MISSED,
                        1,
                        aborted(CREATOR_VALIDATION_TIMEOUT),
                        aborted(ERROR_REPORTED),
                        aborted(ERROR_REPORTED)),
                row(
                        "two errors, third cancelled (64)",
                        Ending.ABORTED,
                        0,
                        aborted(INCORRECT_RESULT),
                        aborted(INCORRECT_RESULT),
                        aborted(CREATOR_CANCELLED)),
                row(
                        "first expired, others alone (30, 67)",
                        Ending.SUCCEEDED,
                        3,
                        aborted(CREATOR_VALIDATION_TIMEOUT),
                        PAID,
                        GROUP_PAID));
    }

    private static Arguments row(String name, Ending ending, int fees, End... members) {
        return Arguments.of(name, ending, fees, List.of(members));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void costsAsInTheTable(String name, Ending ending, int fees, List<End> members) {
        RuleCase request = new RuleCase();
        for (int index = 0; index < members.size(); index++) {
            End end = members.get(index);
            request.created(index);
            request.seen(index, end.status(), end.reason(), SimulatedRelay.CREATOR);
        }

        Outcome outcome = request.outcome();

        assertThat(outcome.ending()).isEqualTo(ending);
        assertThat(outcome.money().spentWei()).isEqualTo(fees(fees));
        assertThat(outcome.money().chargedWei()).isEqualTo(fees(members.size()));
        assertThat(outcome.isSettled()).isTrue();
    }

    private static BigInteger fees(int number) {
        return SimulatedRelay.FEE.multiply(BigInteger.valueOf(number));
    }

    @ParameterizedTest
    @EnumSource(AbortReason.class)
    void eachAbortIsRefundedButOne(AbortReason reason) {
        RuleCase request = new RuleCase().created(0).ended(0, reason);
        Charge expected =
                switch (reason) {
                    case CREATOR_VALIDATION_TIMEOUT -> Charge.PAID;
                    case NONE, UNKNOWN -> Charge.UNKNOWN;
                    default -> Charge.REFUNDED;
                };

        assertThat(Charge.of(request.life.first())).isEqualTo(expected);
    }

    @Test
    void aReasonOfTheFutureIsNotGuessed() {
        RuleCase request = new RuleCase().created(0).ended(0, AbortReason.UNKNOWN);

        assertThat(request.outcome().ending()).isEqualTo(Ending.NOT_DETERMINABLE);
    }

    @Test
    void theResultCountsBeforeTheOthersSettle() {
        RuleCase request = new RuleCase().sampled().seen(1, TaskStatus.END_GROUP_SUCCESS);

        assertThat(request.outcome().ending()).isEqualTo(Ending.SUCCEEDED);
        assertThat(request.outcome().member()).isEqualTo(1);
        assertThat(request.outcome().isSettled()).isFalse();
        assertThat(request.plan()).contains(new Action.Download(1));
    }

    @Test
    void anotherAttemptIsMadeOnlyAfterRefundedEnds() {
        assertThat(new RuleCase().created(0).ended(0, TIMEOUT).outcome().mayTryAgain())
                .isTrue();
        assertThat(new RuleCase()
                        .created(0)
                        .ended(0, CREATOR_VALIDATION_TIMEOUT)
                        .outcome()
                        .mayTryAgain())
                .isFalse();
        RuleCase error =
                new RuleCase().created(0).seen(0, TaskStatus.ERROR_REPORTED).ended(0, ERROR_REPORTED);
        assertThat(error.outcome().ending()).isEqualTo(Ending.PARAMETERS_REFUSED_BY_NODES);
        assertThat(error.outcome().mayTryAgain()).isFalse();
    }

    @Test
    void aDownloadThatFailedIsTriedAgainLater() {
        RuleCase request = new RuleCase().created(0).seen(0, TaskStatus.END_SUCCESS);
        assertThat(request.plan()).containsExactly(new Action.Download(0));
        request.life = Changes.notDownloaded(request.life, 0, RuleCase.START);

        assertThat(request.plan()).doesNotContain(new Action.Download(0));
        assertThat(request.next()).isEqualTo(5);
        assertThat(request.at(5).plan()).contains(new Action.Download(0));
    }
}
