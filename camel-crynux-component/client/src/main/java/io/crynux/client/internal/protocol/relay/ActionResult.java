// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay;

import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.life.Life;
import java.util.function.UnaryOperator;

/**
 * What came of an action.
 *
 * @param change what is known now, from what is known when the answer arrives
 * @param refusal why a creation was not acknowledged; null if it was, and for other actions
 * @param isUseless whether the action has to be repeated and must not be repeated at once
 */
record ActionResult(UnaryOperator<Life> change, Refusal refusal, boolean isUseless) {

    static ActionResult of(UnaryOperator<Life> change) {
        return new ActionResult(change, null, false);
    }

    /** Nothing is known. */
    static ActionResult useless() {
        return new ActionResult(UnaryOperator.identity(), null, true);
    }
}
