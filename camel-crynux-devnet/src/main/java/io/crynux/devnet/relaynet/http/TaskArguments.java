// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import io.crynux.devnet.relaynet.refusal.RequestRefusedException;

/** Checks the parameters of tasks. */
public interface TaskArguments {
    /** Refuses parameters that are not valid for the type. */
    void check(long type, String args) throws RequestRefusedException;

    /**
     * What a valid task costs a node.
     *
     * @return estimated seconds
     */
    double workload(long type, String args) throws RequestRefusedException;

    /** The text that the Relay keeps and returns. */
    String rewritten(long type, String args) throws RequestRefusedException;
}
