// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.evm.Payment;
import io.crynux.client.settings.WaitMethod;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Where the events of tasks come from; see {@link WaitMethod}. */
interface EventSource {

    /** See {@link ClassicNetwork#follow}. */
    CompletableFuture<BlockRef> follow(BigInteger after, Consumer<NetworkEvent> events);

    /** See {@link ClassicNetwork#watch}. */
    void watch(List<Payment> variants, boolean wanted);

    /** See {@link ClassicNetwork#watchRefused}. */
    void watchRefused(List<Payment> variants);

    /** See {@link ClassicNetwork#track}. */
    void track(BigInteger taskId, BlockRef createdIn);

    /** Reports nothing any more. */
    void stop();
}
