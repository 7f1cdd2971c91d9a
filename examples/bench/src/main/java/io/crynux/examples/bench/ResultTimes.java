// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.chain.ChainAccess;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/**
 * Times of the blocks with each task's TaskSuccess and TaskResultUploaded, to the millisecond. Block timestamps are in seconds,
 * and a client cannot know when a block was made, so the network's process measures it.
 */
final class ResultTimes implements AutoCloseable {
    private static final String SUCCESS = Hash.sha3String("TaskSuccess(uint256,bytes,address)");
    private static final String UPLOADED = Hash.sha3String("TaskResultUploaded(uint256)");

    private final ChainAccess chain;
    private final String contract;
    private final Map<Long, Long> successes = new ConcurrentHashMap<>();
    private final Map<Long, Long> uploads = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;
    private long seen;

    private ResultTimes(ChainAccess chain, String contract) {
        this.chain = chain;
        this.contract = contract;
        this.seen = chain.head().number();
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "bench-result-times"));
    }

    static ResultTimes watch(CrynuxDevnet devnet) {
        ResultTimes times = new ResultTimes(devnet.chain().access(), devnet.contractAddress());
        times.timer.scheduleWithFixedDelay(times::look, 1, 1, TimeUnit.MILLISECONDS);
        return times;
    }

    private void look() {
        long head = chain.head().number();
        if (head == seen) {
            return;
        }
        long now = micros(Instant.now());
        for (ChainAccess.EventLog log : chain.logs(contract, seen + 1, head)) {
            String event = log.topics().get(0);
            if (event.equals(SUCCESS) || event.equals(UPLOADED)) {
                BigInteger taskId = Numeric.toBigInt(log.topics().get(1));
                (event.equals(SUCCESS) ? successes : uploads).put(taskId.longValueExact(), now);
            }
        }
        seen = head;
    }

    /** Microseconds since 1970. */
    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /** Microseconds since 1970, by task. */
    Map<Long, Long> ofSuccesses() {
        return successes;
    }

    /** Microseconds since 1970, by task. */
    Map<Long, Long> ofUploads() {
        return uploads;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
