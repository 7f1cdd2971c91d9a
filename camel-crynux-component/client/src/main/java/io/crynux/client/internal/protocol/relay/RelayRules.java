// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay;

import io.crynux.client.internal.protocol.relay.life.Terms;
import io.crynux.client.journal.TaskOrder;
import java.time.Duration;

/**
 * What the rules depend on beside an order.
 *
 * @param creator address of the wallet in EIP-55 form
 * @param window how long the Relay waits for a validation (validationTimeout)
 */
record RelayRules(String creator, Duration window) {

    /** The terms of an order, for the rules. */
    Terms terms(TaskOrder order) {
        return new Terms(
                order.kind(),
                order.feeWei(),
                window,
                Duration.ofSeconds(RelayTexts.terms(order.terms()).timeoutSeconds()));
    }
}
