// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.event;

import io.crynux.client.internal.settings.SettingCheck;
import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.web3j.crypto.WalletUtils;

/** Filter and start of an event stream. Immutable. */
public final class EventSubscription {
    private static final String LATEST = "latest";
    private static final String EARLIEST = "earliest";

    private final Set<TaskEventType> types;
    private final String creator;
    private final TaskKind kind;
    private final BigInteger startBlock;
    private final int confirmations;
    private final EventPosition position;

    private EventSubscription(Builder builder) {
        types = Set.copyOf(builder.types);
        creator = builder.creator;
        kind = builder.kind;
        startBlock = builder.startBlock;
        confirmations = builder.confirmations;
        position = builder.position;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Types of events. */
    public Set<TaskEventType> types() {
        return types;
    }

    /** Creator of the tasks, in lower case; empty for any. */
    public Optional<String> creator() {
        return Optional.ofNullable(creator);
    }

    /** Kind of the tasks; empty for any. */
    public Optional<TaskKind> kind() {
        return Optional.ofNullable(kind);
    }

    /** First block; empty for the one after the newest. */
    public Optional<BigInteger> startBlock() {
        return Optional.ofNullable(startBlock);
    }

    /** Number of blocks that must follow an event's block before the stream emits it. */
    public int confirmations() {
        return confirmations;
    }

    /** Position of an earlier stream, which takes precedence over {@link #startBlock()}. */
    public Optional<EventPosition> position() {
        return Optional.ofNullable(position);
    }

    /** Whether the subscription includes this event of such a task. */
    public boolean matches(TaskEventType type, TaskEvent.Origin origin) {
        return types.contains(type)
                && (creator == null || (origin != null && creator.equals(origin.creator())))
                && (kind == null || (origin != null && origin.taskType() == kind.code()));
    }

    /** Whether the filter needs the origin of a task. */
    public boolean dependsOnOrigin() {
        return creator != null || kind != null;
    }

    /** Builds an {@link EventSubscription}; by default the ends of all tasks from now on. */
    public static final class Builder {
        private Set<TaskEventType> types = EnumSet.of(TaskEventType.TASK_SUCCESS, TaskEventType.TASK_ABORTED);
        private String creator;
        private TaskKind kind;
        private BigInteger startBlock;
        private int confirmations;
        private EventPosition position;

        private Builder() {}

        /** Types of events; default TaskSuccess and TaskAborted. */
        public Builder types(Set<TaskEventType> wanted) {
            types = wanted;
            return this;
        }

        /**
         * Creator of the tasks; default, and null, any.
         *
         * @throws IllegalArgumentException if it is not an address
         */
        public Builder creator(String address) {
            if (address != null && !WalletUtils.isValidAddress(address)) {
                throw new IllegalArgumentException(
                        "creator '" + address + "' is not an address (0x and 40 hex digits)");
            }
            creator = address == null ? null : address.toLowerCase(Locale.ROOT);
            return this;
        }

        /** Kind of the tasks; default, and null, any. */
        public Builder kind(TaskKind wanted) {
            kind = wanted;
            return this;
        }

        /**
         * Start without a position: {@code latest} (the default: after the newest block), {@code earliest}, or the number of a
         * block.
         *
         * @throws IllegalArgumentException if it is none of these
         */
        public Builder startBlock(String from) {
            startBlock = switch (from.trim().toLowerCase(Locale.ROOT)) {
                case LATEST -> null;
                case EARLIEST -> BigInteger.ZERO;
                default -> number(from);
            };
            return this;
        }

        private static BigInteger number(String from) {
            try {
                BigInteger number = new BigInteger(from.trim());
                if (number.signum() >= 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw wrongStart(from, e);
            }
            throw wrongStart(from, null);
        }

        private static IllegalArgumentException wrongStart(String from, Exception cause) {
            return new IllegalArgumentException(
                    "startBlock is '" + from + "'; it must be latest, earliest or the number of a block", cause);
        }

        /** Number of blocks that must follow an event's block before the stream emits it; default 0. */
        public Builder confirmations(int blocks) {
            SettingCheck.requireAtLeast("confirmations", blocks, 0);
            confirmations = blocks;
            return this;
        }

        /** Position of an earlier stream with the same filter; default, and null, none. */
        public Builder position(EventPosition stored) {
            position = stored;
            return this;
        }

        public EventSubscription build() {
            Objects.requireNonNull(types, "types");
            return new EventSubscription(this);
        }
    }
}
