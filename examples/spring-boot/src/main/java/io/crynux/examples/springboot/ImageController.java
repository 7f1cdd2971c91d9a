// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.springboot;

import io.crynux.camel.CrynuxConstants;
import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.InvalidTaskException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /images} with a prompt returns an image. No thread of the web server or Camel waits for the task. */
@RestController
class ImageController {
    private final ProducerTemplate template;

    ImageController(ProducerTemplate template) {
        this.template = template;
    }

    /** @param key identifies the request: one with the same key joins the task of the first and is not paid again */
    @PostMapping(path = "/images", consumes = MediaType.TEXT_PLAIN_VALUE, produces = MediaType.IMAGE_PNG_VALUE)
    CompletableFuture<ResponseEntity<byte[]>> image(
            @RequestBody String prompt, @RequestHeader(name = "Idempotency-Key", required = false) String key) {
        return template.asyncSend(ImageRoute.PROMPTS, exchange -> {
                    exchange.getMessage().setBody(prompt);
                    exchange.getMessage().setHeader(CrynuxConstants.IDEMPOTENCY_KEY, key);
                })
                .thenApply(ImageController::response);
    }

    private static ResponseEntity<byte[]> response(Exchange exchange) {
        if (exchange.getException() != null) {
            throw new CompletionException(exchange.getException());
        }
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_PNG)
                .header("Crynux-Task-Id", exchange.getMessage().getHeader(CrynuxConstants.TASK_ID, String.class))
                .header("Crynux-Fee-Paid", exchange.getMessage().getHeader(CrynuxConstants.FEE_PAID, String.class))
                .body(exchange.getMessage().getBody(byte[].class));
    }

    @ExceptionHandler
    ProblemDetail invalid(InvalidTaskException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
    }

    /** The message contains details of the wallet, so Camel logs it and the client does not get it. */
    @ExceptionHandler
    ProblemDetail failed(CrynuxException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, "The image was not made");
    }

    @ExceptionHandler
    ProblemDetail busy(RejectedExecutionException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, "Too many images wait; try later");
    }
}
