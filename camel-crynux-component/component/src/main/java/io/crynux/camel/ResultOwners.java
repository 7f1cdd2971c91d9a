// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.task.ResultFile;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Gives back the room of a result's temporary file when the last exchange that has it is done. Whoever holds the result longer,
 * such as an aggregation's group or the caller of a producer template, is not known here, so it stays readable.
 */
final class ResultOwners {
    private final ResultFile file;
    private final AtomicInteger exchanges = new AtomicInteger();

    ResultOwners(ResultFile file) {
        this.file = file;
    }

    void add(Exchange exchange) {
        if (file.path().isEmpty()) {
            return;
        }
        exchanges.incrementAndGet();
        Synchronization done = new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange ended) {
                if (exchanges.decrementAndGet() == 0) {
                    file.leaveDisk();
                }
            }
        };
        // What a part of a split or multicast makes is used by the whole, after the part is done.
        UnitOfWork whole = exchange.getProperty(ExchangePropertyKey.STREAM_CACHE_UNIT_OF_WORK, UnitOfWork.class);
        if (whole != null && whole.getRoute() != null) {
            whole.addSynchronization(done);
        } else {
            exchange.getExchangeExtension().addOnCompletion(done);
        }
    }
}
