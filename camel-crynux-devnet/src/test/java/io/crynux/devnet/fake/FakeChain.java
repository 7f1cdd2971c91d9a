// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.fake;

import io.crynux.devnet.chain.ChainAccess;
import io.crynux.devnet.chain.ChainAccessException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.web3j.crypto.Credentials;
import org.web3j.utils.Numeric;

/** A chain of blocks that a test writes by hand. */
public final class FakeChain implements ChainAccess {
    public static final String CONTRACT = "0xdc64a140aa3e981100a9beca4e685f962f0cf6c9";
    public static final long VRAM_LIMIT = 14;

    /** A transaction that somebody sent. */
    public record Sent(String sender, String to, String data) {}

    private record Block(Head head, List<EventLog> logs) {}

    private final List<Block> blocks = new ArrayList<>();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private int made;
    private final AtomicInteger refusals = new AtomicInteger();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final Set<String> reverted = ConcurrentHashMap.newKeySet();

    public FakeChain() {
        block();
    }

    /** Adds a block with these logs. */
    public synchronized void block(TaskLogs.Draft... logs) {
        long number = blocks.size();
        made++;
        String hash = Numeric.toHexStringWithPrefixZeroPadded(BigInteger.valueOf(made), 64);
        List<EventLog> placed = new ArrayList<>();
        for (TaskLogs.Draft log : logs) {
            placed.add(new EventLog(
                    CONTRACT, log.topics(), log.data(), number, hash, "0x" + "00".repeat(32), placed.size()));
        }
        blocks.add(new Block(new Head(number, hash, 1_700_000_000L + number), placed));
    }

    /** Forgets the newest blocks. */
    public synchronized void forget(int count) {
        blocks.subList(blocks.size() - count, blocks.size()).clear();
    }

    /** Refuses the next transactions. */
    public void refuse(int count) {
        refusals.set(count);
    }

    /** Drops the transactions that were sent with this selector. */
    public void lose(String selector) {
        for (int i = 0; i < sent.size(); i++) {
            if (sent.get(i).data().startsWith(selector)) {
                lost.add(hash(i));
            }
        }
    }

    /** Reverts all transactions with this selector from now on. */
    public void revert(String selector) {
        reverted.add(selector);
    }

    private static String hash(int index) {
        return Numeric.toHexStringWithPrefixZeroPadded(BigInteger.valueOf(index), 64);
    }

    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    @Override
    public synchronized Head head() {
        return blocks.get(blocks.size() - 1).head();
    }

    @Override
    public synchronized List<EventLog> logs(String address, long fromBlock, long toBlock) {
        return blocks.stream()
                .filter(block ->
                        block.head().number() >= fromBlock && block.head().number() <= toBlock)
                .flatMap(block -> block.logs().stream())
                .filter(log -> log.address().equals(address))
                .toList();
    }

    /** Every call is taken for getTask. */
    @Override
    public String call(String to, String data) {
        var words = new StringBuilder("0x");
        long[] values = {32, 1, 0, 0, 0, 0, VRAM_LIMIT};
        for (long value : values) {
            words.append(Numeric.toHexStringNoPrefixZeroPadded(BigInteger.valueOf(value), 64));
        }
        return words.toString();
    }

    @Override
    public String send(Credentials sender, String to, String data, BigInteger value) {
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new ChainAccessException("refused by the test");
        }
        sent.add(new Sent(sender.getAddress(), to, data));
        return hash(sent.size() - 1);
    }

    @Override
    public Fate fate(String transactionHash) {
        if (lost.contains(transactionHash)) {
            return new Fate(Fate.Kind.UNKNOWN, "");
        }
        String data =
                sent.get(Numeric.toBigInt(transactionHash).intValueExact()).data();
        return reverted.stream().anyMatch(data::startsWith)
                ? new Fate(Fate.Kind.REVERTED, "reverted by the test")
                : new Fate(Fate.Kind.SUCCEEDED, "");
    }

    @Override
    public Optional<Boolean> succeeded(String transactionHash) {
        return Optional.of(true);
    }
}
