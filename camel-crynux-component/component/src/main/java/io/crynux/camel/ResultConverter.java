// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.internal.spool.TemporaryName;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.camel.Converter;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** Converts results to files; Camel's stream converters do the rest. */
@Converter(generateLoader = true)
public final class ResultConverter {
    private ResultConverter() {}

    /** A temporary file with the result, for the lifetime of the exchange: copy or move it to keep it. */
    @Converter
    public static File toFile(ResultStreamCache result, Exchange exchange) throws IOException {
        Path existing = result.file().path().orElse(null);
        if (existing != null) {
            return existing.toFile();
        }
        TemporaryName copy = new TemporaryName();
        try (InputStream content = result.file().open()) {
            Files.copy(content, copy.path(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            copy.deleteAtLast();
            throw e;
        }
        if (exchange != null) {
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange ended) {
                    copy.deleteAtLast();
                }
            });
        }
        return copy.path().toFile();
    }
}
