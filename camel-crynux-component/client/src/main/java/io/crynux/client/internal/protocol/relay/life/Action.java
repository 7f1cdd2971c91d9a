// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import java.util.List;

/**
 * What to do next for a request. The driver starts an action unless an equal one is under way. Before it sends a creation, a
 * cancellation or a validation it commits {@link Changes#sent}.
 */
public sealed interface Action {

    /** Whether the action begins to charge for a request that is not charged yet, which a client that stops does not do. */
    default boolean isFirstCharge() {
        return false;
    }

    /** Create a member. The first is the only one whose charge is a new one; siblings finish what is charged. */
    record Create(int member) implements Action {
        @Override
        public boolean isFirstCharge() {
            return member == Life.FIRST;
        }
    }

    /** Read a member. */
    record Look(int member) implements Action {}

    /** Decide by the wallet's VRF whether a member's seed selects it. */
    record Decide(int member) implements Action {}

    /** Read the GPU of a node. */
    record ReadNode(String address) implements Action {}

    /** Cancel a queued member. */
    record Cancel(int member) implements Action {}

    /**
     * Validate one member, or three.
     *
     * @param proofOf the member whose seed the proof is for
     */
    record Validate(List<Integer> members, int proofOf) implements Action {}

    /** Download the result of a member. */
    record Download(int member) implements Action {}

    /** Ask the ledger whether a creation that was never acknowledged was paid. */
    record AskLedger(int member) implements Action {}
}
