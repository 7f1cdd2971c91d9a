// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import java.math.BigInteger;

/** A node that has joined. */
record Node(NodeStatus status, Gpu gpu, BigInteger stake) {

    Node with(NodeStatus newStatus) {
        return new Node(newStatus, gpu, stake);
    }
}
