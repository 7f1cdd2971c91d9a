// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.task.TaskOrder;
import io.crynux.devnet.result.TaskImpossibleException;
import io.crynux.devnet.result.TaskKind;
import io.crynux.devnet.result.TaskOutput;
import io.crynux.devnet.result.Workshop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.web3j.utils.Numeric;

/** Makes what nodes send: always the same from the same parameters, and another result where a node cheats. */
final class Workbench {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Workshop workshop;

    Workbench(Workshop workshop) {
        this.workshop = workshop;
    }

    /**
     * What a node sends.
     *
     * @param score as hex with prefix
     * @param files in order
     * @param checkpoint a ZIP file; of fine-tuning only
     */
    record Output(String score, List<byte[]> files, Optional<byte[]> checkpoint) {}

    /**
     * Makes the output of a task.
     *
     * @param variant empty for the honest result
     * @throws TaskImpossibleException when the parameters ask for what a node cannot do
     */
    Output make(RelayTask task, String variant) throws TaskImpossibleException {
        TaskOrder order = task.order();
        TaskKind kind = TaskKind.ofTaskType(order.type())
                .orElseThrow(() -> new TaskImpossibleException("unknown task type " + order.type()));
        Optional<byte[]> checkpoint = order.isFineTuning() ? Optional.of(checkpoint(order, variant)) : Optional.empty();
        if (kind == TaskKind.GPT) {
            byte[] text = text(order.args(), variant);
            return new Output(Numeric.toHexString(sha256(text)), List.of(text), checkpoint);
        }
        TaskOutput pictures =
                workshop.make(kind, variant.isEmpty() ? order.args() : other(kind, order.args(), variant));
        return new Output(Numeric.toHexString(pictures.hash()), pictures.files(), checkpoint);
    }

    private byte[] text(String args, String variant) throws TaskImpossibleException {
        byte[] file = workshop.make(TaskKind.GPT, args).files().get(0);
        if (variant.isEmpty()) {
            return file;
        }
        ObjectNode answer = object(new String(file, StandardCharsets.UTF_8));
        for (JsonNode choice : answer.path("choices")) {
            if (choice.path("message") instanceof ObjectNode message) {
                message.put("content", message.path("content").asText() + " (" + variant + ")");
            }
        }
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Parameters of other pictures, drawn from another prompt with another seed. */
    private static String other(TaskKind kind, String args, String variant) throws TaskImpossibleException {
        ObjectNode parameters = object(args);
        int seed = variant.hashCode();
        if (kind == TaskKind.SD) {
            parameters.put("prompt", variant);
            parameters.withObject("/task_config").put("seed", seed);
        } else {
            parameters.withObject("/validation").put("prompt", variant);
            parameters.put("seed", seed);
        }
        return parameters.toString();
    }

    private static ObjectNode object(String json) throws TaskImpossibleException {
        try {
            if (JSON.readTree(json) instanceof ObjectNode object) {
                return object;
            }
            throw new TaskImpossibleException("the parameters are no JSON object");
        } catch (JsonProcessingException e) {
            throw new TaskImpossibleException("the parameters are not JSON", e);
        }
    }

    private static byte[] checkpoint(TaskOrder order, String variant) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var entry = new ZipEntry("checkpoint.txt");
            // Two nodes make the same file.
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write(("LoRA weights of a simulated node for " + order.args() + variant)
                    .getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] sha256(byte[] file) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(file);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
