// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.result;

import io.crynux.client.internal.image.ImageFormat;
import io.crynux.client.internal.text.ForeignText;
import io.crynux.client.task.ChatCompletion;
import io.crynux.client.task.Content;
import io.crynux.client.task.TaskKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Recognises what is not a result, such as the HTML page of a proxy: images by their first bytes, texts by their JSON.
 */
public final class ResultCheck {
    /** Enough for the longest of the known signatures. */
    private static final int FIRST_BYTES = 16;

    private ResultCheck() {}

    /** What is wrong with a file of a task's result, or empty. */
    public static Optional<String> flaw(TaskKind kind, Content content) {
        try {
            return switch (kind) {
                case SD -> imageFormat(content).isPresent() ? Optional.empty() : Optional.of("it sent no image");
                case GPT -> textFlaw(content);
                case SD_FT_LORA -> content.size() > 0 ? Optional.empty() : Optional.of("it sent nothing");
            };
        } catch (IOException e) {
            return Optional.of("what it sent cannot be read: " + e);
        }
    }

    /** MIME type of a file that has no flaw. */
    public static String contentType(TaskKind kind, Content content) throws IOException {
        return switch (kind) {
            case SD -> imageFormat(content).orElse(ImageFormat.PNG).mediaType();
            case GPT -> "application/json";
            case SD_FT_LORA -> "application/octet-stream";
        };
    }

    private static Optional<ImageFormat> imageFormat(Content content) throws IOException {
        try (InputStream stream = content.open()) {
            return ImageFormat.of(stream.readNBytes(FIRST_BYTES));
        }
    }

    private static Optional<String> textFlaw(Content content) throws IOException {
        try {
            ChatCompletion.parse(content.bytes());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("it sent no chat completion: " + ForeignText.shown(e.getMessage()));
        }
    }
}
