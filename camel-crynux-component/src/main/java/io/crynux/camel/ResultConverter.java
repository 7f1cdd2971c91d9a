// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.camel.Converter;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Converts results to files; what else there is, Camel's converters of streams do. */
@Converter(generateLoader = true)
public final class ResultConverter {
    private static final Logger LOG = LoggerFactory.getLogger(ResultConverter.class);

    private ResultConverter() {}

    /** A temporary file with the result, for as long as the exchange lasts: copy or move what is to stay. */
    @Converter
    public static File toFile(ResultStreamCache result, Exchange exchange) throws IOException {
        Path existing = result.file().path().orElse(null);
        if (existing != null) {
            return existing.toFile();
        }
        Path copy = Files.createTempFile("crynux-", ".result");
        try (InputStream content = result.file().open()) {
            Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        if (exchange != null) {
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange ended) {
                    delete(copy);
                }
            });
        }
        return copy.toFile();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("The temporary file {} could not be deleted; delete it by hand", file, e);
        }
    }
}
