// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.ResultUnavailableException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.protocol.TaskReports;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskResult;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;

/** What became of tasks at the Relay, for those who wait. */
final class RelayReports implements TaskReports {
    private final RelayRules rules;

    RelayReports(RelayRules rules) {
        this.rules = rules;
    }

    private RequestEnd now(TaskRecord record) {
        RequestEnd end = RelayTexts.end(record.data());
        return end != null || !RelayTexts.hasLife(record.data())
                ? end
                : RequestEnd.of(RelayTexts.life(record.data()), rules.terms(record.order()));
    }

    @Override
    public TaskResult result(TaskRecord record, List<ResultFile> files) {
        TaskOrder order = record.order();
        RequestEnd now = now(record);
        return new TaskResult(
                order.kind(),
                record.state(),
                record.taskId(),
                order.taskHash(),
                order.creator(),
                null,
                null,
                null,
                now == null ? order.feeWei() : now.spentWei(),
                order.attempt(),
                now == null ? null : now.node(),
                now == null ? null : now.score(),
                files);
    }

    @Override
    public CrynuxException end(TaskRecord record) {
        return switch (record.state()) {
            case TIMED_OUT -> timedOut(record);
            case ABORTED, REVERTED, REJECTED -> failure(record);
            default -> null;
        };
    }

    private CrynuxException failure(TaskRecord record) {
        RequestEnd end = RelayTexts.end(record.data());
        return end == null
                ? new CrynuxException("The task was not created (" + record.reason() + "). Nothing was charged")
                : RelayFailures.of(record, end, rules.window());
    }

    @Override
    public CrynuxException timedOut(TaskRecord record) {
        if (!record.isCommitted()) {
            return new TaskTimeoutException(
                    "The deadline passed before the task was created. Nothing was charged", facts(record));
        }
        return new TaskTimeoutException(
                "The deadline passed while " + facts(record).describe() + " was " + stage(record)
                        + ". The fee of " + TaskFacts.cnx(record.order().feeWei())
                        + " may be spent. The client keeps validating the task while it runs; resume it, or submit it again"
                        + " with the same idempotency key, to get the result",
                facts(record));
    }

    private static String stage(TaskRecord record) {
        return switch (record.state()) {
            case SIGNED, SENT -> "not acknowledged by the Relay";
            case CREATED, UPLOADED -> "queued or running";
            default -> "in progress";
        };
    }

    @Override
    public CrynuxException broken(TaskRecord record, Throwable error) {
        return new CrynuxException(
                "The client failed while it ran " + facts(record).describe() + ": " + error + ". " + money(record),
                facts(record),
                error);
    }

    @Override
    public CrynuxShutdownException shutdown(TaskRecord record) {
        return new CrynuxShutdownException(
                "The client stopped while " + facts(record).describe() + " was in progress. " + money(record)
                        + (record.isCommitted()
                                ? "; a client with the same journal must run again within " + minutes(rules.window())
                                        + " after a node has reported, or the fee is lost"
                                : ""),
                facts(record));
    }

    @Override
    public CrynuxException unknown(TaskRecord record, boolean stopped) {
        String text = "The client's threads hang, so what became of "
                + facts(record).describe() + " is not known. " + money(record);
        return stopped
                ? new CrynuxShutdownException(text, facts(record))
                : new TaskTimeoutException(text, facts(record));
    }

    @Override
    public ResultUnavailableException resultUnavailable(TaskRecord record, Throwable error) {
        Throwable cause = Futures.cause(error);
        return new ResultUnavailableException(
                "The result of " + facts(record).describe() + " could not be downloaded: " + cause.getMessage()
                        + ". The task succeeded and its fee was paid",
                facts(record),
                cause);
    }

    private static String money(TaskRecord record) {
        return record.isCommitted()
                ? "The fee of " + TaskFacts.cnx(record.order().feeWei()) + " may be spent"
                : "Nothing was charged";
    }

    static String minutes(Duration duration) {
        return duration.toMinutes() > 1 ? duration.toMinutes() + " minutes" : duration.toSeconds() + " seconds";
    }

    private TaskFacts facts(TaskRecord record) {
        RequestEnd now = now(record);
        BigInteger fee = now == null ? record.order().feeWei() : now.chargedWei();
        return new TaskFacts(record.taskId(), null, fee, null);
    }
}
