// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What is logged at level WARN and above while it is open. */
public final class LoggedMessages implements AutoCloseable {
    private record Message(String thread, String text) {}

    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level levelBefore;
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                messages.add(new Message(event.getThreadName(), event.getFormattedMessage()));
            }
        }
    };

    /** @param name of the loggers that are listened to, or what their names begin with */
    public LoggedMessages(String name) {
        logger = (Logger) LoggerFactory.getLogger(name);
        levelBefore = logger.getLevel();
        logger.setLevel(Level.WARN);
        appender.start();
        logger.addAppender(appender);
    }

    /** Those of threads whose names contain that, as Camel's have the name of their context. */
    public List<String> ofThreads(String part) {
        return messages.stream()
                .filter(message -> message.thread().contains(part))
                .map(Message::text)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(levelBefore);
    }
}
