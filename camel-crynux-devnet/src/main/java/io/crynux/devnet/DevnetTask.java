// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.board.TaskCard;
import io.crynux.devnet.board.TaskState;
import io.crynux.devnet.result.TaskKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A task as it arrived at the network.
 *
 * @param id of the task in the contract
 * @param kind image, text or fine-tuning
 * @param creator address of the wallet that paid, in lower case
 * @param fee in CNX
 * @param transactionHash hash of the payment
 * @param state on the chain
 * @param abortReason the contract's reason; null unless the task is aborted
 * @param parameters JSON that the creator uploaded; null until then
 */
public record DevnetTask(
        BigInteger id,
        TaskKind kind,
        String creator,
        BigDecimal fee,
        String transactionHash,
        TaskState state,
        String abortReason,
        String parameters) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CNX_DECIMALS = 18;

    static DevnetTask of(TaskCard.Facts facts, Optional<String> parameters) {
        return new DevnetTask(
                facts.created().taskId(),
                TaskKind.ofTaskType(facts.created().taskType()).orElseThrow(),
                facts.created().creator(),
                new BigDecimal(facts.fee(), CNX_DECIMALS).stripTrailingZeros(),
                facts.transaction(),
                facts.state(),
                facts.abortReason(),
                parameters.orElse(null));
    }

    /** Prompt of an image task, or last message of a text task; empty until the parameters are uploaded. */
    public String prompt() {
        if (parameters == null) {
            return "";
        }
        try {
            JsonNode asked = JSON.readTree(parameters);
            JsonNode messages = asked.path("messages");
            return kind == TaskKind.GPT
                    ? messages.path(messages.size() - 1).path("content").asText()
                    : asked.path("prompt").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The parameters of task " + id + " are not JSON", e);
        }
    }

    @Override
    public String toString() {
        return "task " + id + " (" + kind + ", " + fee.toPlainString() + " CNX by " + creator + ", " + state.text()
                + (abortReason == null ? "" : ": " + abortReason)
                + (parameters == null ? ", nothing uploaded)" : ", \"" + prompt() + "\")");
    }
}
