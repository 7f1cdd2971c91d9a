// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.fault;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.SameThreadExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.xnio.IoUtils;

/** What happens to an answer after the Relay has done what was asked. */
@FunctionalInterface
public interface AnswerFault {
    /** Where a fault leaves it for the Relay to find. */
    AttachmentKey<AnswerFault> KEY = AttachmentKey.create(AnswerFault.class);

    /**
     * Sends the answer, or does not.
     *
     * @param sender sends it as usual
     */
    void deliver(HttpServerExchange exchange, Consumer<HttpServerExchange> sender);

    /** The connection breaks before a byte of the answer is sent. */
    static AnswerFault lost() {
        return (exchange, sender) -> IoUtils.safeClose(exchange.getConnection());
    }

    /** The answer is sent later; no thread waits. */
    static AnswerFault late(Duration delay) {
        return (exchange, sender) -> exchange.dispatch(SameThreadExecutor.INSTANCE, () -> exchange.getIoThread()
                .executeAfter(
                        // A worker: the exchange is one that may block.
                        () -> exchange.dispatch(() -> sender.accept(exchange)), delay.toNanos(), TimeUnit.NANOSECONDS));
    }
}
