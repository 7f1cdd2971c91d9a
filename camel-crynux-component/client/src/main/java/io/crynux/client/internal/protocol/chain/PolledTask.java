// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.contract.TaskInfo;
import io.crynux.client.internal.relayhttp.RelayTaskState;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.Set;

/** What is known of one task that is asked for. Used by one poll after the other, but for what the Relay says. */
final class PolledTask {
    /** Nodes index logs after blocks, so that the newest blocks are read again. */
    private static final BigInteger READ_AGAIN = BigInteger.valueOf(64);

    /** Whether the task has ended without that its event was read. */
    enum Suspicion {
        NONE,
        /** Perhaps: a task that is queued looks the same. */
        WEAK,
        /** Relay or contract say so. */
        STRONG
    }

    private final BigInteger id;
    private final BlockRef createdIn;
    private boolean started;
    private BlockRef succeededIn;
    private boolean uploaded;
    private BlockRef abortedIn;

    private TaskInfo info;
    /** Hash of the newest block when the contract was asked. */
    private String infoAt;

    private volatile RelayTaskState relay;
    private volatile boolean relayAsked;

    /** Up to which block its events were read. */
    private BigInteger searchedTo;
    /** The block at which a search that is not finished goes on, or null. */
    private BigInteger position;
    /** How many searches have not found what Relay or contract said. */
    private int fruitless;

    PolledTask(BigInteger id, BlockRef createdIn) {
        this.id = id;
        this.createdIn = createdIn;
        this.searchedTo = createdIn.number();
    }

    BigInteger id() {
        return id;
    }

    BlockRef createdIn() {
        return createdIn;
    }

    /** Whether the network may still do something that matters. */
    boolean isOpen() {
        return abortedIn == null && (succeededIn == null || !uploaded);
    }

    /** Whether no reorganisation brings it back. */
    boolean isOver(BigInteger beforeBlock) {
        BlockRef end = abortedIn != null ? abortedIn : succeededIn;
        return !isOpen() && end.number().compareTo(beforeBlock) < 0;
    }

    /** Whether the contract may tell something else by that block than it did. */
    boolean isNewTo(BlockRef head) {
        return !head.hash().equals(infoAt);
    }

    /** @return whether a node was given the task, and that was not known */
    boolean told(TaskInfo newInfo, BlockRef head) {
        boolean starts = !started && !newInfo.nodes().isEmpty();
        started |= starts;
        info = newInfo;
        infoAt = head.hash();
        return starts;
    }

    /** @return whether the Relay is to be asked; not while an answer is awaited */
    boolean beginsToAsk() {
        if (relayAsked) {
            return false;
        }
        relayAsked = true;
        return true;
    }

    /** What the Relay says; null when it does not. */
    void toldByRelay(RelayTaskState state) {
        relay = state;
        relayAsked = false;
    }

    /** The Relay is not asked now. */
    void forgetRelay() {
        relay = null;
    }

    /** @return whether the Relay has the result of a success that was told, and that was not known */
    boolean isUploadedNow() {
        boolean now = !uploaded && succeededIn != null && relay == RelayTaskState.RESULTS_UPLOADED;
        uploaded |= now;
        return now;
    }

    Suspicion suspicion() {
        if (!isOpen()) {
            return Suspicion.NONE;
        }
        boolean gone = info != null && !info.isOf(id);
        if (endsByRelay() || endsByContract() || (gone && started)) {
            return Suspicion.STRONG;
        }
        // A success whose upload the Relay cannot tell of is looked for in the events too.
        return gone || (succeededIn != null && relay == null) ? Suspicion.WEAK : Suspicion.NONE;
    }

    private boolean endsByRelay() {
        return relay == RelayTaskState.ABORTED
                || (succeededIn == null
                        && (relay == RelayTaskState.PENDING_RESULTS || relay == RelayTaskState.RESULTS_UPLOADED));
    }

    private boolean endsByContract() {
        return info != null && (info.aborted() || (succeededIn == null && info.succeeded()));
    }

    /** Whether its events up to that block are to be read. */
    boolean isToBeSearched(BlockRef head) {
        Suspicion suspicion = suspicion();
        return isOpen()
                && (position != null
                        || suspicion == Suspicion.STRONG
                        || (suspicion == Suspicion.WEAK && searchedTo.compareTo(head.number()) < 0));
    }

    boolean isUnfinished() {
        return position != null && isOpen();
    }

    /** Whether the node's filter by task has not found what must be there. */
    boolean wasSearchedInVain() {
        return fruitless > 0;
    }

    BigInteger searchFrom() {
        if (position != null) {
            return position;
        }
        return suspicion() == Suspicion.STRONG
                ? createdIn.number()
                : createdIn.number().max(searchedTo.subtract(READ_AGAIN));
    }

    /** Its events before that block were read. */
    void searchedBefore(BigInteger next) {
        position = position == null ? next : position.max(next);
    }

    /** Its events up to the newest block were read. */
    void searchedTo(BlockRef head) {
        searchedTo = head.number();
        position = null;
        fruitless = suspicion() == Suspicion.STRONG ? fruitless + 1 : 0;
    }

    /** @return whether that was not known */
    boolean succeeded(BlockRef block) {
        boolean isNew = !block.equals(succeededIn);
        succeededIn = block;
        return isNew;
    }

    /** @return whether that was not known */
    boolean uploaded() {
        boolean isNew = !uploaded;
        uploaded = true;
        return isNew;
    }

    /** @return whether that was not known */
    boolean aborted(BlockRef block) {
        boolean isNew = !block.equals(abortedIn);
        abortedIn = block;
        return isNew;
    }

    /** What was read in these blocks does not hold any more, and all is read again. */
    void removed(Set<String> blockHashes) {
        if (succeededIn != null && blockHashes.contains(succeededIn.hash())) {
            succeededIn = null;
            uploaded = false;
        }
        if (abortedIn != null && blockHashes.contains(abortedIn.hash())) {
            abortedIn = null;
        }
        relay = null;
        infoAt = null;
        searchedTo = createdIn.number();
        position = null;
    }
}
