// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.util.List;
import org.apache.camel.spi.Metadata;

/** Names of the headers that the component reads and writes. */
public final class CrynuxConstants {

    // In; removed once used.

    @Metadata(
            label = "producer",
            description =
                    "The task fee in CNX, in place of the option taskFee and within maxTaskFee: a number, or text such as 30"
                            + " or 0.5",
            javaType = "String")
    public static final String TASK_FEE = "CamelCrynuxTaskFee";

    @Metadata(
            label = "producer",
            description = "The least VRAM of a node in GB, 1 or more, in place of the option vramLimit",
            javaType = "Long")
    public static final String VRAM_LIMIT = "CamelCrynuxVramLimit";

    @Metadata(
            label = "producer",
            description =
                    "The size of the task as the contract prices it, in place of the option cap. The contract takes 0 only as long as"
                            + " a node is free",
            javaType = "Long")
    public static final String CAP = "CamelCrynuxCap";

    @Metadata(
            label = "producer",
            description =
                    "How long to wait for the task, in milliseconds, as a Duration or as text such as 10m, above 0, in place of the"
                            + " option taskTimeout",
            javaType = "java.time.Duration")
    public static final String TASK_TIMEOUT = "CamelCrynuxTaskTimeout";

    @Metadata(
            label = "producer",
            description = "Text that identifies the request, in place of the option idempotencyKey; not empty",
            javaType = "String")
    public static final String IDEMPOTENCY_KEY = "CamelCrynuxIdempotencyKey";

    /** Headers that steer one task. */
    static final List<String> IN = List.of(TASK_FEE, VRAM_LIMIT, CAP, TASK_TIMEOUT, IDEMPOTENCY_KEY);

    // Out.

    @Metadata(
            label = "producer",
            description = "Which task of the request it was, from 1; above 1 when the network aborted earlier ones",
            javaType = "Integer")
    public static final String ATTEMPT = "CamelCrynuxAttempt";

    @Metadata(
            label = "producer",
            description = "The id that the contract gave the task; for crynux:task also which task is meant",
            javaType = "String")
    public static final String TASK_ID = "CamelCrynuxTaskId";

    @Metadata(label = "producer", description = "The kind of the task: sd, gpt or sd-ft-lora", javaType = "String")
    public static final String TASK_KIND = "CamelCrynuxTaskKind";

    @Metadata(label = "producer", description = "keccak256 of the task's parameters", javaType = "String")
    public static final String TASK_HASH = "CamelCrynuxTaskHash";

    @Metadata(
            label = "producer",
            description =
                    "Hash of the transaction that paid, or that cancelled a task; for operation=resume also which task is meant",
            javaType = "String")
    public static final String TRANSACTION_HASH = "CamelCrynuxTransactionHash";

    @Metadata(
            label = "producer",
            description = "Number of the block that the payment, the event or the cancellation is in",
            javaType = "Long")
    public static final String BLOCK_NUMBER = "CamelCrynuxBlockNumber";

    @Metadata(
            label = "producer",
            description = "Hash of the block that the payment, the event or the cancellation is in",
            javaType = "String")
    public static final String BLOCK_HASH = "CamelCrynuxBlockHash";

    @Metadata(label = "producer", description = "Address of the wallet that paid", javaType = "String")
    public static final String CREATOR = "CamelCrynuxCreator";

    @Metadata(label = "producer", description = "Address of the node whose result counts", javaType = "String")
    public static final String RESULT_NODE = "CamelCrynuxResultNode";

    @Metadata(
            label = "producer",
            description = "What the nodes agreed on: perceptual hashes of images, or sha256 of a text, as hex",
            javaType = "String")
    public static final String RESULT_HASH = "CamelCrynuxResultHash";

    @Metadata(label = "producer", description = "How many images the result has", javaType = "Integer")
    public static final String IMAGE_COUNT = "CamelCrynuxImageCount";

    @Metadata(label = "producer", description = "The task fee that was paid, in CNX, without gas", javaType = "String")
    public static final String FEE_PAID = "CamelCrynuxFeePaid";

    @Metadata(
            label = "producer",
            description =
                    "What came back of the fee of an aborted task, in CNX; absent where the wallet's balance does not"
                            + " prove it",
            javaType = "String")
    public static final String FEE_REFUNDED = "CamelCrynuxFeeRefunded";

    @Metadata(label = "producer", description = "Why the contract aborted the task", javaType = "String")
    public static final String ABORT_REASON = "CamelCrynuxAbortReason";

    @Metadata(label = "producer", description = "Why the model stopped: stop or length", javaType = "String")
    public static final String FINISH_REASON = "CamelCrynuxFinishReason";

    @Metadata(label = "producer", description = "Tokens of the prompt", javaType = "Integer")
    public static final String PROMPT_TOKENS = "CamelCrynuxPromptTokens";

    @Metadata(label = "producer", description = "Tokens of the answer", javaType = "Integer")
    public static final String COMPLETION_TOKENS = "CamelCrynuxCompletionTokens";

    @Metadata(label = "producer", description = "Tokens of prompt and answer", javaType = "Integer")
    public static final String TOTAL_TOKENS = "CamelCrynuxTotalTokens";

    @Metadata(
            label = "consumer",
            description = "The event's id: chain id, block hash and log index, and whether it is taken back. Unique",
            javaType = "String")
    public static final String EVENT_ID = "CamelCrynuxEventId";

    @Metadata(
            label = "consumer",
            description = "The contract's name of the event, such as TaskSuccess",
            javaType = "String")
    public static final String EVENT = "CamelCrynuxEvent";

    @Metadata(label = "consumer", description = "Place of the event among all logs of its block", javaType = "Long")
    public static final String LOG_INDEX = "CamelCrynuxLogIndex";

    @Metadata(
            label = "consumer",
            description = "true when a reorganisation took the event back, which was told before; else absent",
            javaType = "Boolean")
    public static final String REMOVED = "CamelCrynuxRemoved";

    @Metadata(
            label = "consumer",
            description =
                    "Whether an exchange of this component waits for the task, and so gets to know its end anyway",
            javaType = "Boolean")
    public static final String AWAITED = "CamelCrynuxAwaited";

    @Metadata(description = "The wallet's balance in CNX, from crynux:wallet", javaType = "String")
    public static final String BALANCE = "CamelCrynuxBalance";

    /** What the component writes; none of it steers a task. */
    static final List<String> OUT = List.of(
            TASK_ID,
            TASK_KIND,
            TASK_HASH,
            TRANSACTION_HASH,
            BLOCK_NUMBER,
            BLOCK_HASH,
            CREATOR,
            RESULT_NODE,
            RESULT_HASH,
            IMAGE_COUNT,
            FEE_PAID,
            FEE_REFUNDED,
            ATTEMPT,
            EVENT_ID,
            EVENT,
            LOG_INDEX,
            REMOVED,
            AWAITED,
            ABORT_REASON,
            FINISH_REASON,
            PROMPT_TOKENS,
            COMPLETION_TOKENS,
            TOTAL_TOKENS);

    private CrynuxConstants() {}
}
