// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkshopTest {
    private final Workshop workshop = new Workshop();

    private static String sd(String config) {
        return "{\"base_model\":\"m\",\"prompt\":\"a lighthouse\",\"task_config\":" + config + "}";
    }

    @Test
    void theSameParametersGiveTheSameFiles() throws TaskImpossibleException {
        String args = sd("{\"num_images\":2,\"image_width\":64,\"image_height\":64,\"seed\":3}");
        TaskOutput one = workshop.make(TaskKind.SD, args);
        TaskOutput other = new Workshop().make(TaskKind.SD, args);

        assertThat(other.hash()).isEqualTo(one.hash()).hasSize(16);
        assertThat(other.files().get(0))
                .isEqualTo(one.files().get(0))
                .isNotEqualTo(one.files().get(1));
        assertThat(other.files().get(1)).isEqualTo(one.files().get(1));
    }

    @Test
    void anotherSeedGivesOtherPictures() throws TaskImpossibleException {
        TaskOutput one = workshop.make(TaskKind.SD, sd("{\"num_images\":1,\"seed\":3}"));
        TaskOutput other = workshop.make(TaskKind.SD, sd("{\"num_images\":1,\"seed\":4}"));

        assertThat(other.files().get(0)).isNotEqualTo(one.files().get(0));
        assertThat(PerceptualHash.distance(one.hash(), other.hash())).isPositive();
    }

    @Test
    void sizesAndCountsAreThoseOfTheParameters() throws TaskImpossibleException, IOException {
        TaskOutput output =
                workshop.make(TaskKind.SD, sd("{\"num_images\":3,\"image_width\":96.0,\"image_height\":40}"));

        assertThat(output.files()).hasSize(3);
        BufferedImage image = Png.decode(output.files().get(2));
        assertThat(image.getWidth()).isEqualTo(96);
        assertThat(image.getHeight()).isEqualTo(40);
    }

    @Test
    void sixPicturesOf512PixelsAreTheDefault() throws TaskImpossibleException, IOException {
        TaskOutput output = workshop.make(TaskKind.SD, sd("{}"));

        assertThat(output.files()).hasSize(6);
        BufferedImage image = Png.decode(output.files().get(0));
        assertThat(image.getWidth()).isEqualTo(512);
        assertThat(image.getHeight()).isEqualTo(512);
    }

    @Test
    void fineTuningGivesItsValidationPictures() throws TaskImpossibleException, IOException {
        TaskOutput output = workshop.make(
                TaskKind.SD_FT_LORA,
                "{\"model\":{\"name\":\"m\"},\"dataset\":{},\"validation\":{\"prompt\":null,\"num_images\":2},"
                        + "\"train_args\":{\"resolution\":64}}");

        assertThat(output.files()).hasSize(2);
        assertThat(Png.decode(output.files().get(0)).getWidth()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SD | {\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":{\"image_width\":0}}",
                "SD | {\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":{\"image_height\":-8}}",
                "SD | {\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":{\"image_width\":100000}}",
                "SD | {\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":{\"num_images\":11}}",
                "SD | {\"base_model\":\"m\",\"prompt\":\"p\",\"task_config\":{\"num_images\":1.5}}",
                "SD | {\"base_model\":\"devnet/unavailable\",\"prompt\":\"p\",\"task_config\":{}}",
                "SD | {\"base_model\":{\"name\":\"devnet/unavailable-2\"},\"prompt\":\"p\",\"task_config\":{}}",
                "GPT | {\"model\":\"devnet/unavailable\",\"messages\":[]}",
                "GPT | {\"model\":\"m\",\"messages\":[],\"generation_config\":{\"max_new_tokens\":0}}",
                "GPT | {\"model\":\"m\",\"messages\":[],\"generation_config\":{\"num_return_sequences\":17}}",
                "GPT | no json",
            })
    void whatANodeCannotDoIsImpossible(TaskKind kind, String args) {
        assertThatThrownBy(() -> workshop.make(kind, args)).isInstanceOf(TaskImpossibleException.class);
    }
}
