// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.util.List;
import org.apache.camel.spi.Metadata;

/** Names of the headers that the component reads and writes. */
public final class CrynuxConstants {

    // In; removed after use.

    @Metadata(
            label = "producer",
            description =
                    "Fee of the task, in CNX, which overrides the option taskFee and must not exceed maxTaskFee: a number, or"
                            + " text such as 30 or 0.5",
            javaType = "String")
    public static final String TASK_FEE = "CamelCrynuxTaskFee";

    @Metadata(
            label = "producer",
            description = "Minimum VRAM of a node, in GB, which overrides the option vramLimit; 1 or more",
            javaType = "Long")
    public static final String VRAM_LIMIT = "CamelCrynuxVramLimit";

    @Metadata(
            label = "producer",
            description =
                    "Size of the task, which overrides the option cap. The contract accepts 0 only while a node is free",
            javaType = "Long")
    public static final String CAP = "CamelCrynuxCap";

    @Metadata(
            label = "producer",
            description =
                    "The time to wait for the task, above 0, in milliseconds, as a Duration or as text such as 10m. It overrides"
                            + " the option taskTimeout",
            javaType = "java.time.Duration")
    public static final String TASK_TIMEOUT = "CamelCrynuxTaskTimeout";

    @Metadata(
            label = "producer",
            description = "Key that identifies the request, which overrides the option idempotencyKey; not blank",
            javaType = "String")
    public static final String IDEMPOTENCY_KEY = "CamelCrynuxIdempotencyKey";

    /** Headers that configure one task. */
    static final List<String> IN = List.of(TASK_FEE, VRAM_LIMIT, CAP, TASK_TIMEOUT, IDEMPOTENCY_KEY);

    // Out.

    @Metadata(
            label = "producer",
            description =
                    "Number of the attempt, from 1; above 1 when the network aborted earlier tasks of the request",
            javaType = "Integer")
    public static final String ATTEMPT = "CamelCrynuxAttempt";

    @Metadata(
            label = "producer",
            description = "Id of the task in the contract. As input of crynux:task, the task to work on",
            javaType = "String")
    public static final String TASK_ID = "CamelCrynuxTaskId";

    @Metadata(label = "producer", description = "Kind of the task: sd, gpt or sd-ft-lora", javaType = "String")
    public static final String TASK_KIND = "CamelCrynuxTaskKind";

    @Metadata(label = "producer", description = "keccak256 hash of the task's parameters", javaType = "String")
    public static final String TASK_HASH = "CamelCrynuxTaskHash";

    @Metadata(
            label = "producer",
            description =
                    "Hash of the transaction that paid for or cancelled the task. As input of operation=resume, the task to resume",
            javaType = "String")
    public static final String TRANSACTION_HASH = "CamelCrynuxTransactionHash";

    @Metadata(
            label = "producer",
            description = "Number of the block with the payment, the event or the cancellation",
            javaType = "Long")
    public static final String BLOCK_NUMBER = "CamelCrynuxBlockNumber";

    @Metadata(
            label = "producer",
            description = "Hash of the block with the payment, the event or the cancellation",
            javaType = "String")
    public static final String BLOCK_HASH = "CamelCrynuxBlockHash";

    @Metadata(
            label = "producer",
            description = "Address of the wallet that created and paid the task",
            javaType = "String")
    public static final String CREATOR = "CamelCrynuxCreator";

    @Metadata(label = "producer", description = "Address of the node whose result was selected", javaType = "String")
    public static final String RESULT_NODE = "CamelCrynuxResultNode";

    @Metadata(
            label = "producer",
            description = "Hash that the nodes agreed on, as hex: perceptual hashes of images, or the sha256 of a text",
            javaType = "String")
    public static final String RESULT_HASH = "CamelCrynuxResultHash";

    @Metadata(label = "producer", description = "Number of images in the result", javaType = "Integer")
    public static final String IMAGE_COUNT = "CamelCrynuxImageCount";

    @Metadata(
            label = "producer",
            description = "Fee that was paid for the task, in CNX, without gas",
            javaType = "String")
    public static final String FEE_PAID = "CamelCrynuxFeePaid";

    @Metadata(
            label = "producer",
            description =
                    "Refund of the fee of an aborted task, in CNX; absent if the wallet's balance does not prove it",
            javaType = "String")
    public static final String FEE_REFUNDED = "CamelCrynuxFeeRefunded";

    @Metadata(label = "producer", description = "Reason why the contract aborted the task", javaType = "String")
    public static final String ABORT_REASON = "CamelCrynuxAbortReason";

    @Metadata(label = "producer", description = "Reason why the model stopped: stop or length", javaType = "String")
    public static final String FINISH_REASON = "CamelCrynuxFinishReason";

    @Metadata(label = "producer", description = "Number of tokens in the prompt", javaType = "Integer")
    public static final String PROMPT_TOKENS = "CamelCrynuxPromptTokens";

    @Metadata(label = "producer", description = "Number of tokens in the answer", javaType = "Integer")
    public static final String COMPLETION_TOKENS = "CamelCrynuxCompletionTokens";

    @Metadata(label = "producer", description = "Number of tokens in prompt and answer", javaType = "Integer")
    public static final String TOTAL_TOKENS = "CamelCrynuxTotalTokens";

    @Metadata(
            label = "consumer",
            description = "Unique id of the event: chain id, block hash and log index, and removed if it was reverted",
            javaType = "String")
    public static final String EVENT_ID = "CamelCrynuxEventId";

    @Metadata(
            label = "consumer",
            description = "Name of the event in the contract, such as TaskSuccess",
            javaType = "String")
    public static final String EVENT = "CamelCrynuxEvent";

    @Metadata(label = "consumer", description = "Index of the event's log in its block", javaType = "Long")
    public static final String LOG_INDEX = "CamelCrynuxLogIndex";

    @Metadata(
            label = "consumer",
            description = "true if a reorganisation reverted the event, which was consumed before; otherwise absent",
            javaType = "Boolean")
    public static final String REMOVED = "CamelCrynuxRemoved";

    @Metadata(
            label = "consumer",
            description = "Whether an exchange of this component waits for the task",
            javaType = "Boolean")
    public static final String AWAITED = "CamelCrynuxAwaited";

    @Metadata(description = "Balance of the wallet, in CNX, from crynux:wallet", javaType = "String")
    public static final String BALANCE = "CamelCrynuxBalance";

    /** Headers that the component writes. */
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
