// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A prompt becomes an image, with everything that a route wants to know in headers. */
@Tag("chain")
class ImageTaskTest extends CrynuxTestSupport {

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:prompt").to("crynux:sd?imageWidth=256&imageHeight=192");
                from("direct:four").to("crynux:sd?imageWidth=64&imageHeight=64&numImages=4");
            }
        };
    }

    @Test
    void aPromptBecomesAnImage() throws Exception {
        Exchange out = template.request("direct:prompt", e -> e.getMessage().setBody("a lighthouse at dawn"));

        assertThat(out.getException()).isNull();
        BufferedImage image = ImageIO.read(out.getMessage().getBody(InputStream.class));
        assertThat(image.getWidth()).isEqualTo(256);
        assertThat(image.getHeight()).isEqualTo(192);
        Map<String, Object> headers = out.getMessage().getHeaders();
        assertThat(headers)
                .containsEntry(CrynuxConstants.TASK_ID, "1")
                .containsEntry(CrynuxConstants.TASK_KIND, "sd")
                .containsEntry(CrynuxConstants.IMAGE_COUNT, 1)
                .containsEntry(CrynuxConstants.CREATOR, testNetwork.account())
                .containsEntry(Exchange.FILE_NAME, "1.png")
                .containsEntry(Exchange.CONTENT_TYPE, "image/png")
                .containsKeys(CrynuxConstants.TASK_HASH, CrynuxConstants.RESULT_NODE, CrynuxConstants.RESULT_HASH)
                .containsKeys(paymentHeaders());
        assertThat(headers).containsEntry(CrynuxConstants.FEE_PAID, "30");
    }

    /** Where the payment is. */
    String[] paymentHeaders() {
        return new String[] {CrynuxConstants.TRANSACTION_HASH, CrynuxConstants.BLOCK_NUMBER, CrynuxConstants.BLOCK_HASH
        };
    }

    @Test
    void severalImagesBecomeAList() throws Exception {
        Exchange out = template.request("direct:four", e -> e.getMessage().setBody("four small lighthouses"));

        assertThat(out.getException()).isNull();
        List<?> images = out.getMessage().getBody(List.class);
        assertThat(images).hasSize(4);
        assertThat(out.getMessage().getHeader(CrynuxConstants.IMAGE_COUNT)).isEqualTo(4);
        for (Object image : images) {
            byte[] bytes = context.getTypeConverter().mandatoryConvertTo(byte[].class, image);
            assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth()).isEqualTo(64);
        }
    }

    @Test
    void theSamePromptAndSeedGiveTheSameImage() {
        byte[] first = template.requestBody("direct:prompt", "a lighthouse", byte[].class);
        byte[] second = template.requestBody("direct:prompt", "a lighthouse", byte[].class);
        byte[] other = template.requestBody("direct:prompt", "a harbour", byte[].class);

        assertThat(second).isEqualTo(first).isNotEqualTo(other);
    }
}
