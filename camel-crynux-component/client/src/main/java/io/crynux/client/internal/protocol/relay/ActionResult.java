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
 */
record ActionResult(UnaryOperator<Life> change, Refusal refusal) {

    static ActionResult of(UnaryOperator<Life> change) {
        return new ActionResult(change, null);
    }
}
