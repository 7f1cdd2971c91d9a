// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import java.time.Duration;

/** Times of the rules, on the Relay's clock. */
final class Rules {
    /** A creation that was never acknowledged is repeated only so long after its first sending. */
    static final Duration REPEAT_CREATE = Duration.ofMinutes(10);
    /** The Relay accepts a signature so long (relay protocol, section 2). */
    static final Duration SIGNATURE_LIFE = Duration.ofSeconds(60);
    /** A task that was there counts as vanished only if the Relay does not find it so long. */
    static final Duration MISSING = Duration.ofSeconds(60);

    static final Duration LAST_CALL = Duration.ofSeconds(60);
    /** The Relay looks for missed deadlines every 2 s, and its clock is known to some seconds. */
    static final Duration AFTER_DEADLINE = Duration.ofSeconds(30);
    /** Maximum interval between looks at a queued task. */
    static final Duration LOOK_AT_QUEUED = Duration.ofMinutes(10);
    /** Maximum interval between repeated calls. */
    static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);
    /** Remains of a group's window for the validation, in addition to twice the first member's execution time. */
    static final Duration GROUP_RESERVE = Duration.ofSeconds(60);

    private Rules() {}
}
