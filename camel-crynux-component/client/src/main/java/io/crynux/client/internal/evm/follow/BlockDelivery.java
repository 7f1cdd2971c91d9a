// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import static io.crynux.client.internal.evm.follow.ChainWalk.twice;

import io.crynux.client.internal.contract.ContractEvents;
import io.crynux.client.internal.evm.rpc.BlockHeader;
import io.crynux.client.internal.evm.rpc.LogPlace;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.methods.response.Log;

/** Passes blocks with their events to a listener. Used by one poll after the other. */
final class BlockDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(BlockDelivery.class);

    private final LogReader reader;
    private final SeenBlocks seen;
    private final BlockListener listener;
    private final DoubtfulLogs doubts = new DoubtfulLogs();
    private final ExpectedLogs expected = new ExpectedLogs();
    private final ChainSight sight;
    /** Whether blocks were left out because of their blooms, and not asked for since. */
    private boolean blooming = true;

    /**
     * @param seen is given the blocks that were told
     * @param sight is informed when a node withholds logs
     */
    BlockDelivery(LogReader reader, SeenBlocks seen, ChainSight sight, BlockListener listener) {
        this.reader = reader;
        this.sight = sight;
        this.seen = seen;
        this.listener = listener;
    }

    CompletionStage<Void> deliver(BlockHeader header) {
        return logs(header).thenAccept(logs -> {
            listener.onBlock(header.ref(), ContractEvents.readAll(logs));
            seen.add(header);
        });
    }

    /** Passes on a block by its logs alone. */
    void deliverSwept(List<Log> logs) {
        Log first = logs.get(0);
        listener.onBlock(new BlockRef(LogPlace.block(first), first.getBlockHash()), ContractEvents.readAll(logs));
    }

    /** Takes back all blocks from that number on. */
    void forget(BigInteger number) {
        Set<String> removed = seen.removeFrom(number);
        LOG.info("{} blocks from number {} on were reverted by a reorganisation", removed.size(), number);
        doubts.remove(removed);
        expected.forget(removed);
        listener.onRemoved(removed);
    }

    private CompletionStage<List<Log>> logs(BlockHeader header) {
        boolean asked = reader.asksFor(header);
        return twice(() -> reader.of(header)).thenApply(logs -> {
            expected.read(
                    header,
                    !logs.isEmpty()
                            ? ExpectedLogs.Reading.TOLD
                            : asked ? ExpectedLogs.Reading.EMPTY : ExpectedLogs.Reading.LEFT_OUT);
            doubts.examine(header, logs, reader.blooms().isTelling(header));
            return logs;
        });
    }

    /** There are logs of the contract in that block, whatever else is reported of it. Called on any thread. */
    void expectLogs(BlockRef block) {
        expected.expect(block);
    }

    /** Whether the logs of blocks are to be asked for again. */
    boolean hasDoubts() {
        return !doubts.isEmpty();
    }

    /** Asks for no logs again; the oldest block of which it would have. */
    Optional<BlockHeader> giveUpDoubts() {
        return doubts.giveUp();
    }

    /**
     * Asks again for the logs of blocks that may have some. Where there are, that block and those after it are read once more,
     * in order: an event is of no use to who did not hear the one before, and who heard it is not disturbed by it.
     */
    CompletionStage<Void> askAgain() {
        doubts.onPoll();
        for (BlockHeader block : expected.missing(seen)) {
            if (expected.wasLeftOut(block)) {
                reader.blooms().onWrong(block);
            }
            doubts.suspect(block);
        }
        if (blooming && reader.blooms().isLost()) {
            blooming = false;
            seen.all().stream().filter(expected::wasLeftOut).forEach(doubts::suspect);
        }
        return askForDue().thenAccept(asked -> sight.onKeptBack(keptBack()));
    }

    private String keptBack() {
        return expected.keptBack()
                .map(block -> "the node has events of the contract in block " + block.number()
                        + " by a receipt, and leaves them out when it is asked for the block's logs. Set"
                        + " logSource=receipts, or use another rpcUrl")
                .orElse(null);
    }

    private CompletionStage<Void> askForDue() {
        return doubts.due()
                .<CompletionStage<Void>>map(doubt -> isMoreTold(doubt).thenCompose(more -> {
                    if (!more) {
                        return askForDue();
                    }
                    LOG.info(
                            "Block {} has logs that the node did not report at first",
                            doubt.block().number());
                    return readAgainFrom(doubt.block());
                }))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private CompletionStage<Boolean> isMoreTold(DoubtfulLogs.Doubt doubt) {
        return reader.of(doubt.block()).thenCompose(logs -> {
            boolean more = logs.size() > doubt.known();
            return more || !doubt.isForOthers()
                    ? CompletableFuture.completedFuture(more)
                    : reader.goWhereMoreIsTold(doubt.block(), doubt.known());
        });
    }

    private CompletionStage<Void> readAgainFrom(BlockHeader block) {
        CompletionStage<Void> read = CompletableFuture.completedFuture(null);
        // Only their logs: which blocks there are is for the walk to find out, which tells when one of them is taken
        // back.
        for (BlockHeader header : seen.from(block.number())) {
            read = read.thenCompose(before -> logs(header))
                    .thenAccept(logs -> listener.onBlock(header.ref(), ContractEvents.readAll(logs)));
        }
        return read;
    }
}
