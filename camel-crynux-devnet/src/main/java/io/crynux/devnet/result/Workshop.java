// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.picture.PictureArtist;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the output of a task from its parameters: always the same from the same. */
public final class Workshop {
    /**
     * Models whose names begin so are on no node: a task that asks for one ends with "Task error reported", which
     * lets an application try how it takes that.
     */
    public static final String UNAVAILABLE_MODEL = "devnet/unavailable";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PictureArtist artist = new PictureArtist();
    private final ChatAnswer chat = new ChatAnswer();
    private final boolean onePicture;
    private final Map<ImageRequest, TaskOutput> pictures = new ConcurrentHashMap<>();

    /** A workshop that draws every picture. */
    public Workshop() {
        this(false);
    }

    private Workshop(boolean onePicture) {
        this.onePicture = onePicture;
    }

    /** A workshop that draws once for each size and number of pictures: all tasks with these get the same, whatever they ask. */
    public static Workshop ofOnePicture() {
        return new Workshop(true);
    }

    /**
     * Makes the output of one task.
     *
     * @param args the parameters as they were uploaded
     * @throws TaskImpossibleException when they ask for what a node cannot do
     */
    public TaskOutput make(TaskKind kind, String args) throws TaskImpossibleException {
        JsonNode parameters = parse(args);
        return switch (kind) {
            case SD -> images(kind, ImageRequest.ofImageTask(parameters));
            case SD_FT_LORA -> images(kind, ImageRequest.ofFineTuning(parameters));
            case GPT -> output(kind, List.of(chat.answer(ChatRequest.of(parameters))));
        };
    }

    private static TaskOutput output(TaskKind kind, List<byte[]> files) {
        try {
            return new TaskOutput(files, ResultHash.of(kind, files));
        } catch (IOException e) {
            throw new UncheckedIOException("The files just made cannot be read", e);
        }
    }

    private TaskOutput images(TaskKind kind, ImageRequest request) {
        return onePicture
                ? pictures.computeIfAbsent(request.ofSameForm(), form -> output(kind, draw(form)))
                : output(kind, draw(request));
    }

    private List<byte[]> draw(ImageRequest request) {
        List<byte[]> files = new ArrayList<>();
        for (int index = 0; index < request.count(); index++) {
            files.add(Png.encode(artist.draw(
                    request.prompt(), request.width(), request.height(), request.seed(), index, request.count())));
        }
        return files;
    }

    private static JsonNode parse(String args) throws TaskImpossibleException {
        try {
            return JSON.readTree(args);
        } catch (JsonProcessingException e) {
            throw new TaskImpossibleException("the parameters are not JSON", e);
        }
    }

    /** A model by its name. */
    static String available(String model) throws TaskImpossibleException {
        if (model.startsWith(UNAVAILABLE_MODEL)) {
            throw new TaskImpossibleException("model " + model + " is not available");
        }
        return model;
    }
}
