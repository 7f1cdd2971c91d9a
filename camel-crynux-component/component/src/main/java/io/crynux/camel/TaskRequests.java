// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.internal.money.Cnx;
import io.crynux.client.internal.schema.TaskSchema;
import io.crynux.client.task.ParameterDefaults;
import io.crynux.client.task.TaskParameters;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.WaitFor;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Message;
import org.apache.camel.support.ResourceHelper;

/** Makes a task from an exchange: its options, headers and body. */
final class TaskRequests {
    private final CrynuxEndpoint endpoint;
    private final CrynuxConfiguration options;
    private final BodyReader bodies;
    private final TaskParameters.Check check;
    private final WaitFor waitFor;
    private final FeeRules fees;
    private final BigDecimal feeIncrease;
    private final Expression keyExpression;

    /** @throws IllegalArgumentException naming the option that is missing or wrong */
    TaskRequests(CrynuxEndpoint endpoint) {
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.waitFor = WaitForOption.of(options.getWaitFor()).waitFor();
        this.bodies =
                new BodyReader(endpoint.endpointKind().taskKind().orElseThrow(), options.getBodyFormat(), defaults());
        this.check = check();
        this.keyExpression = options.getIdempotencyKey() == null
                ? null
                : endpoint.getCamelContext().resolveLanguage("simple").createExpression(options.getIdempotencyKey());
        this.feeIncrease = BigDecimal.valueOf(options.getFeeIncrease()).movePointLeft(2);
        this.fees = new FeeRules(options.getTaskFee(), endpoint.getComponent().getMaxTaskFee());
    }

    /** @throws io.crynux.client.error.CrynuxException when the task must not be run; nothing was signed */
    TaskRequest of(Exchange exchange) {
        Message in = exchange.getMessage();
        TaskParameters parameters = bodies.read(in);
        TaskHeaders headers = new TaskHeaders(in);
        Duration timeout = headers.timeout();
        TaskRequest.Builder request = TaskRequest.builder(parameters)
                .fee(fees.fee(headers.fee()))
                .timeout(timeout == null ? endpoint.taskTimeout() : timeout)
                .waitFor(waitFor)
                .maxResultBytes(options.getMaxResultSize())
                .spoolThreshold(options.getSpoolThreshold())
                .cancelOnTimeout(options.isCancelOnTimeout())
                .maxAttempts(options.getMaxAttempts())
                .feeIncrease(feeIncrease)
                .idempotencyKey(idempotencyKey(exchange, headers.idempotencyKey()))
                .joinKey(Redelivery.joinKey(exchange, endpoint, parameters.json()));
        if (fees.most() != null) {
            request.maxFeeWei(Cnx.toWei(fees.most()));
        }
        Long vramLimit = either(headers.vramLimit(), options.getVramLimit());
        if (vramLimit != null) {
            request.vramLimit(vramLimit);
        }
        Long cap = either(headers.cap(), options.getCap());
        if (cap != null) {
            request.cap(cap);
        }
        if (options.getGpuName() != null) {
            request.gpu(options.getGpuName(), options.getGpuVram() == null ? 0 : options.getGpuVram());
        }
        if (check != null) {
            request.check(check);
        }
        return request.build();
    }

    private String idempotencyKey(Exchange exchange, String header) {
        if (header != null || keyExpression == null) {
            return header;
        }
        String key = keyExpression.evaluate(exchange, String.class);
        if (key == null || key.isBlank()) {
            throw new InvalidTaskException("Option idempotencyKey (" + options.getIdempotencyKey()
                    + ") has no value for this message. Nothing was signed; correct the expression or the message");
        }
        return key;
    }

    private static <T> T either(T first, T otherwise) {
        return first != null ? first : otherwise;
    }

    private TaskParameters.Check check() {
        if (!options.isValidate()) {
            return TaskParameters.Check.NONE;
        }
        if (options.getParametersSchema() == null) {
            return null;
        }
        try {
            return TaskSchema.fromJson(resource("parametersSchema", options.getParametersSchema()))::check;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Option parametersSchema: " + e.getMessage(), e);
        }
    }

    private ParameterDefaults defaults() {
        return ParameterDefaults.builder()
                .model(options.getModel())
                .negativePrompt(options.getNegativePrompt())
                .numImages(options.getNumImages())
                .steps(options.getSteps())
                .cfg(options.getCfg())
                .seed(options.getSeed())
                .imageWidth(options.getImageWidth())
                .imageHeight(options.getImageHeight())
                .systemPrompt(options.getSystemPrompt())
                .base(base())
                .build();
    }

    private ObjectNode base() {
        if (options.getTaskArgs() == null) {
            return null;
        }
        JsonNode base;
        try {
            base = TaskJson.read(resource("taskArgs", options.getTaskArgs()));
        } catch (InvalidTaskException e) {
            throw new IllegalArgumentException("Option taskArgs: " + e.getMessage(), e);
        }
        if (base instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("Option taskArgs must name a JSON object");
    }

    private String resource(String option, String uri) {
        try (InputStream text = ResourceHelper.resolveMandatoryResourceAsInputStream(endpoint.getCamelContext(), uri)) {
            return BodyCharset.withoutMark(BodyCharset.utf8().decode(text.readAllBytes()));
        } catch (IOException | InvalidTaskException e) {
            throw new IllegalArgumentException("Option " + option + " cannot be read: " + e.getMessage(), e);
        }
    }
}
