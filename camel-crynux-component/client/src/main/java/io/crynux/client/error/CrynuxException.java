// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/**
 * A failure of a task or of the network. The message says what happened, to which task, what became of the money and what to
 * do; {@link #facts()} has the same for programs.
 */
public class CrynuxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient TaskFacts facts;

    public CrynuxException(String message) {
        this(message, TaskFacts.NONE, null);
    }

    public CrynuxException(String message, Throwable cause) {
        this(message, TaskFacts.NONE, cause);
    }

    public CrynuxException(String message, TaskFacts facts, Throwable cause) {
        super(message, cause);
        this.facts = facts;
    }

    /** Known facts about the task and its payment; never null. */
    public TaskFacts facts() {
        return facts == null ? TaskFacts.NONE : facts;
    }
}
