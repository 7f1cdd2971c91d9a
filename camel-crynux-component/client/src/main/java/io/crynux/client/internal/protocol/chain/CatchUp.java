// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import java.util.Set;

/**
 * What the blocks say of a task that an earlier process left, once all of them are read: what reorganisations reverted meanwhile is
 * not in it. Used on the loop only.
 */
final class CatchUp {
    private NetworkEvent.Created created;
    private NetworkEvent.Succeeded succeeded;
    /** {@link NetworkEvent.Aborted}, {@link NetworkEvent.Reverted} or {@link NetworkEvent.Superseded}. */
    private NetworkEvent failed;

    /** The payment's block, or null. */
    NetworkEvent.Created created() {
        return created;
    }

    NetworkEvent.Succeeded succeeded() {
        return succeeded;
    }

    /** How it failed, or null. */
    NetworkEvent failed() {
        return failed;
    }

    /** Whether a variant of the payment is in a block. */
    boolean isMined() {
        return created != null || failed instanceof NetworkEvent.Reverted;
    }

    void hear(NetworkEvent event) {
        if (event instanceof NetworkEvent.Created found) {
            if (created == null || !created.taskId().equals(found.taskId())) {
                succeeded = null;
                failed = null;
            }
            created = found;
        } else if (event instanceof NetworkEvent.Succeeded found) {
            succeeded = found;
        } else if (isFailure(event)) {
            failed = event;
        } else if (event instanceof NetworkEvent.Removed removed) {
            revert(removed.blockHashes());
        }
    }

    /** A task is aborted; a payment is reverted or superseded, of which a receipt proves more. */
    private boolean isFailure(NetworkEvent event) {
        return created == null
                ? event instanceof NetworkEvent.Reverted || (event instanceof NetworkEvent.Superseded && failed == null)
                : event instanceof NetworkEvent.Aborted;
    }

    private void revert(Set<String> blockHashes) {
        if (failed != null && blockHashes.contains(blockOf(failed))) {
            failed = null;
        }
        if (succeeded != null && blockHashes.contains(succeeded.block().hash())) {
            succeeded = null;
        }
        if (created != null && blockHashes.contains(created.block().hash())) {
            created = null;
            succeeded = null;
            failed = null;
        }
    }

    private static String blockOf(NetworkEvent failed) {
        if (failed instanceof NetworkEvent.Aborted aborted) {
            return aborted.block().hash();
        }
        return failed instanceof NetworkEvent.Reverted reverted
                ? reverted.block().hash()
                : ((NetworkEvent.Superseded) failed).block().hash();
    }
}
