// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

/** A decision that may not have been made yet. */
public enum Choice {
    UNKNOWN,
    NO,
    YES;

    static Choice of(boolean yes) {
        return yes ? YES : NO;
    }
}
