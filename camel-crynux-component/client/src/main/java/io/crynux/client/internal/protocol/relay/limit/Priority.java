// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.limit;

/** Order of calls that wait for the Relay, most urgent first. */
public enum Priority {
    /** Too late, it costs the fee. */
    VALIDATE,
    /** Completes a sampled group, whose deadline may be running. Also cancelling members of it. */
    SIBLING,
    /** Downloads what is paid. */
    RESULT,
    /** Creates a task. */
    CREATE,
    /** Everything that looks how tasks are. */
    SWEEP
}
