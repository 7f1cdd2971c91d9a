// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.evm.rpc.BlockHeader;
import io.crynux.client.internal.evm.rpc.RpcAnswers;
import io.crynux.client.internal.retry.RetryPolicy;
import io.crynux.client.internal.text.ForeignText;
import io.crynux.client.observe.ClientStatus.ChainStatus;
import io.crynux.client.observe.ClientStatus.ChainStatus.WebSocketState;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How following goes: logs an outage once, and says how long to wait after a failure. Thread-safe. */
final class FollowerHealth {
    private static final Logger LOG = LoggerFactory.getLogger(FollowerHealth.class);
    private static final RetryPolicy AFTER_FAILURE =
            RetryPolicy.of(Duration.ofMillis(500), Duration.ofSeconds(30)).warningAt(1);
    /** Of failures in a row where the node does answer, this one is told. */
    private static final int TOLD_ANSWERS = 5;

    private final Clock clock;
    private final RetryPolicy afterAnswer;
    private BlockHeader head;
    private Instant headSince;
    private Instant answeredAt;
    private int failures;
    /** By the JVM's clock; of meaning while there are failures. */
    private long failingSince;

    private String lastError;
    private boolean told;
    private BigInteger aheadElsewhere;

    FollowerHealth(Clock clock, Duration pollInterval) {
        this.clock = clock;
        this.afterAnswer =
                RetryPolicy.of(pollInterval, pollInterval.multipliedBy(8)).warningAt(TOLD_ANSWERS);
    }

    /**
     * The blocks up to the newest were read.
     *
     * @param answered what the node says is the newest
     * @param newest the newest that was read
     */
    synchronized void onRead(BlockHeader answered, BlockHeader newest) {
        boolean still = headSince != null
                && newest.hash().equals(head.hash())
                && newest.hash().equals(answered.hash());
        if (!still) {
            headSince = clock.instant();
        }
        head = newest;
        if (aheadElsewhere != null && newest.number().compareTo(aheadElsewhere) >= 0) {
            aheadElsewhere = null;
        }
    }

    /** @param ahead a block that another endpoint has, and the one that is used does not have; null where it has no other */
    synchronized void onLookedElsewhere(BigInteger ahead) {
        aheadElsewhere = ahead;
    }

    /** Everything is done that was to be done. */
    synchronized void onSuccess() {
        if (told) {
            LOG.info("The chain answers again");
        }
        told = false;
        failures = 0;
        lastError = null;
        answeredAt = clock.instant();
    }

    /** It came nearer to the newest block since the last failure. */
    synchronized void onProgress() {
        failures = 0;
    }

    /** How long to wait until the next try. */
    synchronized Duration onFailure(Throwable error) {
        // A node that answers needs no long rest, and of several behind one URL the next may know more.
        RetryPolicy policy = RpcAnswers.isAnswer(error) ? afterAnswer : AFTER_FAILURE;
        if (failures == 0) {
            failingSince = System.nanoTime();
        }
        Duration delay = policy.delay(++failures);
        headSince = null;
        String text = ForeignText.shown(Futures.cause(error).toString());
        lastError = text;
        if (!told && failures >= policy.warnAt()) {
            told = true;
            LOG.warn("Cannot follow the chain, trying again: {}", text);
        }
        LOG.debug(
                "Following the chain failed {} times in a row, next try in {}", failures, delay, Futures.cause(error));
        return delay;
    }

    /** For how long nothing but failures has come. */
    synchronized Duration failingFor() {
        return failures == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - failingSince);
    }

    synchronized int failures() {
        return failures;
    }

    /** For how long nodes have answered without a break that the newest block is the same; zero when another one knows more. */
    synchronized Duration stillFor() {
        return headSince == null || aheadElsewhere != null
                ? Duration.ZERO
                : Duration.between(headSince, clock.instant());
    }

    synchronized ChainStatus status(WebSocketState webSocket) {
        return new ChainStatus(
                head == null ? null : head.number(),
                headSince,
                answeredAt,
                failures,
                aheadElsewhere != null,
                webSocket,
                lastError);
    }
}
