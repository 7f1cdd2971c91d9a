// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names outside the parameters, as recordings 43 and 47 show them. */
class ModelNamesTest {
    @ParameterizedTest
    @CsvSource({
        "BASE:Crynux-Network/SDXL-Turbo+FP16, base:crynux-network/sdxl-turbo+fp16",
        "lora:https://civitai.com/api/download/models/34562?type=Model&format=SafeTensor,"
                + " lora:https://civitai.com/api/download/models/34562?type=model&format=safetensor",
        "'', ''"
    })
    void anIdIsInLowerCase(String id, String kept) {
        assertThat(ModelNames.id(id)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "  NVIDIA \t GeForce  RTX 4090+Linux ,NVIDIA GeForce RTX 4090+Linux",
                "\u00a0a\u3000\u0085b\u2003,a b",
                "' ',''",
                "a,a"
            })
    void aGpuHasSingleSpaces(String name, String kept) {
        assertThat(ModelNames.gpu(name)).isEqualTo(kept);
    }
}
