// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.quarkus;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** {@code GET /image?prompt=...} returns an image. */
@Path("/image")
public class ImageResource {
    @Inject
    ProducerTemplate template;

    /** No thread waits for the image. */
    @GET
    @Produces("image/png")
    public CompletionStage<byte[]> image(@QueryParam("prompt") String prompt) {
        if (prompt == null || prompt.isBlank()) {
            throw new WebApplicationException("No prompt: /image?prompt=a+lighthouse", Status.BAD_REQUEST);
        }
        return template.asyncSend(
                        "direct:image", exchange -> exchange.getMessage().setBody(prompt))
                .thenApply(ImageResource::bytes);
    }

    private static byte[] bytes(Exchange answer) {
        if (answer.getException() != null) {
            throw new WebApplicationException(answer.getException().getMessage(), Status.BAD_GATEWAY);
        }
        return answer.getMessage().getBody(byte[].class);
    }
}
