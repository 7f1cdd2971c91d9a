// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.ScriptedClients;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.task.TaskKind;
import io.crynux.testing.ScriptedNetwork;
import io.crynux.testing.ScriptedNetwork.Plan;
import io.crynux.testing.ScriptedTask;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.imageio.ImageIO;

/** A network with a protocol of its own, without a chain: tasks end when they arrive, unless a test holds them. */
final class ScriptedTestNetwork implements TestNetwork {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** As the devnet's nodes fail on it. */
    private static final String MISSING_MODEL = "devnet/unavailable";

    private final ScriptedNetwork network = new ScriptedNetwork()
            .failing(order -> order.parametersJson().contains(MISSING_MODEL))
            .results((order, number) -> resultOf(order));

    /** What plays the network. */
    ScriptedNetwork script() {
        return network;
    }

    @Override
    public void connect(CrynuxComponent crynux) {
        crynux.clients(() -> ScriptedClients.builder(network));
    }

    @Override
    public String account() {
        return network.protocol().account();
    }

    @Override
    public long payments() {
        return (long) network.tasks().size() + network.refusals();
    }

    @Override
    public boolean hasParameters(long taskId) {
        return network.task(taskId).filter(ScriptedTask::isAcknowledged).isPresent();
    }

    @Override
    public String failureReason() {
        return "as told";
    }

    @Override
    public String disagree() {
        network.plan(Plan.ABORT).refunding(true);
        return failureReason();
    }

    @Override
    public void agree() {
        network.plan(Plan.COMPLETE).refunding(false);
    }

    @Override
    public void hold() {
        network.plan(Plan.HOLD);
    }

    @Override
    public void letGo() {
        network.plan(Plan.COMPLETE).release();
    }

    @Override
    public void holdInstantTasks() {
        hold();
    }

    @Override
    public void removeNodes() {
        network.plan(Plan.QUEUE);
    }

    @Override
    public void addNodes() {
        letGo();
    }

    @Override
    public void withholdConfirmations() {
        network.silent(true);
    }

    @Override
    public void confirm() {
        network.silent(false);
    }

    @Override
    public String down() {
        network.down(true);
        return "The network does not answer";
    }

    @Override
    public void up() {
        network.down(false);
    }

    @Override
    public void close() {}

    private static byte[] resultOf(TaskOrder order) {
        try {
            JsonNode parameters = JSON.readTree(order.parametersJson());
            return order.kind() == TaskKind.GPT ? completion(parameters) : image(parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It repeats the question. */
    private static byte[] completion(JsonNode parameters) throws IOException {
        JsonNode messages = parameters.path("messages");
        String question = messages.path(messages.size() - 1).path("content").asText();
        return JSON.writeValueAsBytes(Map.of(
                "model",
                "scripted",
                "choices",
                new Object[] {
                    Map.of(
                            "index",
                            0,
                            "finish_reason",
                            "stop",
                            "message",
                            Map.of("role", "assistant", "content", "You ask: " + question))
                },
                "usage",
                Map.of("prompt_tokens", 3, "completion_tokens", 4, "total_tokens", 7)));
    }

    /** Its size is the one asked for, its colour depends on the parameters. */
    private static byte[] image(JsonNode parameters) throws IOException {
        JsonNode config = parameters.path("task_config");
        int width = config.path("image_width").asInt(64);
        int height = config.path("image_height").asInt(64);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int colour = new String(JSON.writeValueAsBytes(parameters), StandardCharsets.UTF_8).hashCode() & 0xffffff;
        for (int x = 0; x < width; x++) {
            image.setRGB(x, 0, colour);
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }
}
