// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.event;

import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.web3j.crypto.WalletUtils;

/** Which events somebody wants, and from where on. Immutable. */
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

    /** Which events. */
    public Set<TaskEventType> types() {
        return types;
    }

    /** Whose tasks, lower-case; empty for anybody's. */
    public Optional<String> creator() {
        return Optional.ofNullable(creator);
    }

    /** Tasks of which kind; empty for any. */
    public Optional<TaskKind> kind() {
        return Optional.ofNullable(kind);
    }

    /** The block to begin with; empty for the one after the newest. */
    public Optional<BigInteger> startBlock() {
        return Optional.ofNullable(startBlock);
    }

    /** How many blocks must follow an event's block before it is told. */
    public int confirmations() {
        return confirmations;
    }

    /** How far an earlier stream came, which goes before {@link #startBlock()}. */
    public Optional<EventPosition> position() {
        return Optional.ofNullable(position);
    }

    /** Whether an event of such a task is wanted. */
    public boolean wants(TaskEventType type, TaskEvent.Origin origin) {
        return types.contains(type)
                && (creator == null || (origin != null && creator.equals(origin.creator())))
                && (kind == null || (origin != null && origin.taskType() == kind.code()));
    }

    /** Whether it cannot be said without knowing where a task comes from. */
    public boolean dependsOnOrigin() {
        return creator != null || kind != null;
    }

    /** Builds an {@link EventSubscription}; by default the ends of everybody's tasks from now on. */
    public static final class Builder {
        private Set<TaskEventType> types = EnumSet.of(TaskEventType.TASK_SUCCESS, TaskEventType.TASK_ABORTED);
        private String creator;
        private TaskKind kind;
        private BigInteger startBlock;
        private int confirmations;
        private EventPosition position;

        private Builder() {}

        /** Which events; default TaskSuccess and TaskAborted. */
        public Builder types(Set<TaskEventType> wanted) {
            types = wanted;
            return this;
        }

        /**
         * The address whose tasks are wanted; default, and null, anybody's.
         *
         * @throws IllegalArgumentException when it is no address
         */
        public Builder creator(String address) {
            if (address != null && !WalletUtils.isValidAddress(address)) {
                throw new IllegalArgumentException(
                        "creator '" + address + "' is not an address (0x and 40 hex digits)");
            }
            creator = address == null ? null : address.toLowerCase(Locale.ROOT);
            return this;
        }

        /** The kind of the tasks that are wanted; default, and null, any. */
        public Builder kind(TaskKind wanted) {
            kind = wanted;
            return this;
        }

        /**
         * Where to begin without a position: {@code latest} (the default: what comes after the newest block),
         * {@code earliest}, or the number of a block.
         *
         * @throws IllegalArgumentException when it is none of these
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

        /** How many blocks must follow an event's block before it is told; default 0. */
        public Builder confirmations(int blocks) {
            if (blocks < 0) {
                throw new IllegalArgumentException("confirmations is " + blocks + "; it must be 0 or more");
            }
            confirmations = blocks;
            return this;
        }

        /** How far an earlier stream of the same subscription came; default, and null, nowhere. */
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
