// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.JournalException;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.TaskJournal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine's journal, which is open from the connection on; what can be told of it is told to any thread. */
final class EngineJournal {
    private static final Logger LOG = LoggerFactory.getLogger(EngineJournal.class);

    private final TaskJournal journals;
    private volatile JournalSession session;
    private volatile boolean durable;
    private volatile boolean ready;
    private volatile JournalException trouble;

    EngineJournal(TaskJournal journals) {
        this.journals = journals;
    }

    /** @throws JournalException when it cannot be opened, which {@link #check} tells, too, until it can */
    JournalSession open(JournalScope scope, Executor executor) {
        durable = journals.isDurable();
        try {
            session = journals.open(scope, executor);
        } catch (JournalException e) {
            trouble = e;
            throw e;
        }
        trouble = null;
        return session;
    }

    /** What was opened last. */
    JournalSession session() {
        return session;
    }

    /** The tasks in it are taken up. */
    void ready() {
        ready = true;
        if (!durable) {
            LOG.info("Tasks are journaled in memory only: tasks in progress are not resumed after the process ends");
        }
    }

    void close() {
        ready = false;
        if (session != null) {
            session.close();
        }
    }

    /**
     * Whether it can be written: false while it is not open. The future fails with a {@link JournalException} when it could not
     * be opened, or cannot be written.
     */
    CompletableFuture<Boolean> check() {
        JournalException failure = trouble;
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        return ready
                ? CompletableFuture.completedFuture(null)
                        .thenCompose(now -> session.check())
                        .thenApply(fine -> true)
                : CompletableFuture.completedFuture(false);
    }
}
