// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.operation;

import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * The contract's events of a task.
 *
 * @param events the events that were found, in the order of the chain
 * @param searched number of blocks that were searched until the creation was found or the search ended
 */
record History(List<LoggedEvent> events, BigInteger searched) {

    Optional<ContractEvent.Pending> pending() {
        return created().map(event -> (ContractEvent.Pending) event.event());
    }

    Optional<LoggedEvent> created() {
        return first(ContractEvent.Pending.class);
    }

    Optional<BlockRef> createdIn() {
        return created().map(LoggedEvent::block);
    }

    Optional<LoggedEvent> started() {
        return first(ContractEvent.Started.class);
    }

    /** The first event that ends a task counts: "Task Cancelled" can follow a success. */
    Optional<LoggedEvent> end() {
        return events.stream()
                .filter(event -> event.event() instanceof ContractEvent.Succeeded
                        || event.event() instanceof ContractEvent.Aborted)
                .findFirst();
    }

    Optional<ContractEvent.Succeeded> success() {
        return end().map(LoggedEvent::event)
                .filter(ContractEvent.Succeeded.class::isInstance)
                .map(ContractEvent.Succeeded.class::cast);
    }

    boolean isUploaded() {
        return first(ContractEvent.ResultsUploaded.class).isPresent();
    }

    List<String> nodes() {
        return events.stream()
                .map(LoggedEvent::event)
                .filter(ContractEvent.Started.class::isInstance)
                .map(event -> ((ContractEvent.Started) event).node())
                .distinct()
                .toList();
    }

    private Optional<LoggedEvent> first(Class<? extends ContractEvent> type) {
        return events.stream().filter(event -> type.isInstance(event.event())).findFirst();
    }
}
