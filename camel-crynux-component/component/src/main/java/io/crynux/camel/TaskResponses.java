// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.internal.image.ImageFormat;
import io.crynux.client.task.ChatCompletion;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.util.FileUtil;

/** Writes the outcome of a task into its exchange. */
final class TaskResponses {
    private final ResultFormat resultFormat;

    TaskResponses(ResultFormat resultFormat) {
        this.resultFormat = resultFormat;
    }

    void write(Exchange exchange, TaskResult result) {
        Redelivery.over(exchange);
        Message message = cleared(exchange);
        // Headers that steered this task must not steer the next one of the route; a failed one keeps them to be tried
        // again.
        CrynuxConstants.IN.forEach(message::removeHeader);
        set(message, CrynuxConstants.TASK_ID, result.taskId());
        message.setHeader(CrynuxConstants.TASK_KIND, result.kind().id());
        set(message, CrynuxConstants.TASK_HASH, result.taskHash());
        set(message, CrynuxConstants.TRANSACTION_HASH, result.transactionHash());
        message.setHeader(CrynuxConstants.CREATOR, result.creator());
        message.setHeader(CrynuxConstants.ATTEMPT, result.attempt());
        set(message, CrynuxConstants.FEE_PAID, cnx(result.feeWei()));
        set(
                message,
                CrynuxConstants.BLOCK_NUMBER,
                result.blockNumber() == null ? null : result.blockNumber().longValueExact());
        set(message, CrynuxConstants.BLOCK_HASH, result.blockHash());
        set(message, CrynuxConstants.RESULT_NODE, result.resultNode());
        set(message, CrynuxConstants.RESULT_HASH, result.resultHash());
        if (result.state() == TaskState.DONE && !result.files().isEmpty()) {
            writeBody(message, result);
        }
    }

    /** The result itself, with the headers that describe it. */
    void writeBody(Message message, TaskResult result) {
        if (result.kind() == TaskKind.GPT) {
            writeText(message, result);
        } else {
            writeImages(message, result);
        }
    }

    private static void writeImages(Message message, TaskResult result) {
        List<StreamCache> images = result.images().stream()
                .<StreamCache>map(file -> new ResultStreamCache(file, message.getExchange()))
                .toList();
        message.setHeader(CrynuxConstants.IMAGE_COUNT, images.size());
        message.setBody(images.size() == 1 ? images.get(0) : images);
        String mediaType = result.images().get(0).contentType();
        String extension = Arrays.stream(ImageFormat.values())
                .filter(format -> format.mediaType().equals(mediaType))
                .map(ImageFormat::extension)
                .findFirst()
                .orElse("bin");
        describe(message, result, mediaType, extension);
    }

    private void writeText(Message message, TaskResult result) {
        ChatCompletion completion = result.completion();
        result.files().forEach(ResultFile::close);
        set(message, CrynuxConstants.FINISH_REASON, completion.finishReason());
        set(message, CrynuxConstants.PROMPT_TOKENS, completion.promptTokens());
        set(message, CrynuxConstants.COMPLETION_TOKENS, completion.completionTokens());
        set(message, CrynuxConstants.TOTAL_TOKENS, completion.totalTokens());
        if (resultFormat == ResultFormat.json) {
            message.setBody(completion.json());
            describe(message, result, "application/json", "json");
        } else {
            message.setBody(completion.text());
            describe(message, result, "text/plain", "txt");
        }
    }

    /** The name of a file that comes in stays, so that p.txt makes p.png. */
    private static void describe(Message message, TaskResult result, String contentType, String extension) {
        message.setHeader(Exchange.CONTENT_TYPE, contentType);
        String name = message.getHeader(Exchange.FILE_NAME, String.class);
        String stem = name == null || name.isBlank() ? result.taskId() : FileUtil.stripExt(name, true);
        message.setHeader(Exchange.FILE_NAME, stem + "." + extension);
    }

    /** The exchange fails; what is known of the task is in headers too, for error handlers that write it down. */
    void fail(Exchange exchange, Throwable error) {
        exchange.setException(error);
        Message message = cleared(exchange);
        if (error instanceof CrynuxException known) {
            TaskFacts facts = known.facts();
            set(message, CrynuxConstants.TASK_ID, facts.taskId());
            set(message, CrynuxConstants.TRANSACTION_HASH, facts.transactionHash());
            if (error instanceof TaskAbortedException aborted) {
                set(message, CrynuxConstants.ABORT_REASON, aborted.reason());
                set(message, CrynuxConstants.FEE_PAID, cnx(facts.feeWei()));
                set(message, CrynuxConstants.FEE_REFUNDED, cnx(facts.refundedWei()));
            }
        }
    }

    static String cnx(BigInteger wei) {
        return wei == null ? null : TaskFacts.decimal(wei);
    }

    /** What an earlier task of the route left must not be taken for this one's. */
    static Message cleared(Exchange exchange) {
        Message message = exchange.getMessage();
        CrynuxConstants.OUT.forEach(message::removeHeader);
        return message;
    }

    static void set(Message message, String name, Object value) {
        if (value != null) {
            message.setHeader(name, value);
        }
    }
}
