// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol;

import io.crynux.client.journal.LaneRecord;
import io.crynux.client.journal.NetworkIdentity;
import io.crynux.client.journal.ProtocolData;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.Content;
import java.util.concurrent.CompletableFuture;

/**
 * A way of running tasks, for one account: how they are ordered, paid, followed and fetched. No call blocks; where nothing else
 * is said, calls come on the engine's loop.
 */
public interface Protocol {

    /**
     * Makes sure that the network is the one that was configured. Called on any thread, again after a failure.
     *
     * @return fails with a {@link io.crynux.client.error.NetworkException} that names the setting to correct
     */
    CompletableFuture<NetworkIdentity> connect();

    /** The account that pays, as records name it. Called on any thread. */
    String account();

    /** What the engine offers; called once, before anything else but {@link #connect}. */
    void open(ProtocolContext context);

    /** A new attempt at what the context's record orders. Nothing leaves before {@link Attempt#start}. */
    Attempt begin(AttemptContext context);

    /** An attempt that an earlier process left, or one that another program began. Nothing leaves before it has caught up. */
    Attempt recover(AttemptContext context);

    /** A record of the protocol's own, of no request, that an earlier process left open. */
    void recoverOwn(LaneRecord record);

    /**
     * Finds out what became of the attempts that were recovered, and lets them go on. The future completes when that is known:
     * before, a new payment could get in their way. After a failure the engine closes them, and may connect again.
     */
    CompletableFuture<Void> catchUp();

    /** What was recovered since the last call of {@link #catchUp} that failed is forgotten, and may be recovered again. */
    void discard();

    /** What is needed of the data of an attempt, once it has ended and nothing can change any more. Called on any thread. */
    ProtocolData settled(ProtocolData data);

    /**
     * Downloads one file of a result, which is the caller's to close; works without an attempt. Tries again until it is there,
     * refused for good, or its future is cancelled. Called on any thread.
     *
     * @param number of the file, from 0
     */
    CompletableFuture<Content> download(TaskRecord record, int number);

    /** How the protocol reports results and failures. */
    TaskReports reports();

    /** Reports nothing more; signs nothing more. Called on any thread. */
    void disconnect();

    /** The client is closed: what is open here ends. */
    void close();
}
