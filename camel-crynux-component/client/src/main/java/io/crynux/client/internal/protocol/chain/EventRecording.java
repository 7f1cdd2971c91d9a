// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps what happens on the chain while a task that another program paid for is looked up there, so that its attempt hears of
 * everything in order. Used on the loop only.
 */
final class EventRecording {
    private final List<NetworkEvent> meanwhile = new ArrayList<>();

    void hear(NetworkEvent event) {
        meanwhile.add(event);
    }

    /**
     * Reports to an attempt what happened to its task; what happened to others changes nothing.
     *
     * @param before what happened before the recording began
     */
    void replay(List<NetworkEvent> before, ChainAttempt attempt) {
        Stream.concat(before.stream(), meanwhile.stream()).forEach(event -> report(event, attempt));
    }

    private static void report(NetworkEvent event, ChainAttempt attempt) {
        boolean concerned = event instanceof NetworkEvent.Removed
                || (event instanceof NetworkEvent.Created created && attempt.isPaidBy(created.transactionHash()))
                || (event instanceof NetworkEvent.Started started && attempt.isTask(started.taskId()))
                || (event instanceof NetworkEvent.Succeeded succeeded && attempt.isTask(succeeded.taskId()))
                || (event instanceof NetworkEvent.Aborted aborted && attempt.isTask(aborted.taskId()));
        if (concerned) {
            attempt.hear(event);
        }
    }
}
