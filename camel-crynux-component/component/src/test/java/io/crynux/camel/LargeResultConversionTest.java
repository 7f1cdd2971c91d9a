// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result converts to what routes work with, whether it is in memory or in a temporary file. */
class LargeResultConversionTest extends LargeResultTestSupport {
    private final AtomicReference<File> file = new AtomicReference<>();

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:file").to("crynux:sd").process(e -> convert(e, false));
                from("direct:memory").to("crynux:sd?spoolThreshold=2000000").process(e -> convert(e, true));
            }
        };
    }

    private void convert(Exchange exchange, boolean inMemory) throws Exception {
        StreamCache body = exchange.getMessage().getBody(StreamCache.class);
        assertThat(body.inMemory()).isEqualTo(inMemory);
        assertThat(body.length()).isEqualTo(SIZE);

        byte[] bytes = exchange.getMessage().getBody(byte[].class);
        assertThat(bytes).hasSize(SIZE).startsWith(0x89, 'P', 'N', 'G');
        body.reset();
        assertThat(exchange.getMessage().getBody(String.class))
                .hasSize(new String(bytes, StandardCharsets.UTF_8).length());
        body.reset();
        InputStream stream = exchange.getMessage().getBody(InputStream.class);
        stream.skipNBytes(SIZE - 10);
        assertThat(stream.readAllBytes()).hasSize(10);
        assertThat(body.position()).isEqualTo(SIZE);
        body.reset();
        assertThat(body.position()).isZero();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        body.writeTo(written);
        assertThat(written.toByteArray()).isEqualTo(bytes);
        file.set(exchange.getMessage().getBody(File.class));
        assertThat(Files.readAllBytes(file.get().toPath())).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:file", "direct:memory"})
    void everyConversion(String endpoint) {
        Exchange out = template.request(endpoint, e -> e.getMessage().setBody("a lighthouse"));

        assertThat(out.getException()).isNull();
        assertThat(file.get()).doesNotExist();
        assertThat(files.made()).isEmpty();
        // The caller of a template reads when the exchange is done.
        StreamCache body = out.getMessage().getBody(StreamCache.class);
        body.reset();
        assertThat(out.getMessage().getBody(byte[].class)).hasSize(SIZE);
    }
}
