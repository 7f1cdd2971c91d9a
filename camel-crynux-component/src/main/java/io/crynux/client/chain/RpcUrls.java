// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.error.NetworkException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The JSON-RPC endpoints of one chain: one is preferred until it fails. Each must be on the chain before it is used. */
final class RpcUrls {
    private static final Logger LOG = LoggerFactory.getLogger(RpcUrls.class);

    private final List<RpcUrl> all;
    private final Function<RpcUrl, CompletableFuture<BigInteger>> askChainId;
    private volatile int preferred;
    /** How often another one became the preferred one. */
    private volatile int changes;

    private int lookedAt;
    private volatile BigInteger chainId;

    /** @param askChainId asks one endpoint which chain it is on */
    RpcUrls(List<URI> uris, Clock clock, Function<RpcUrl, CompletableFuture<BigInteger>> askChainId) {
        this.all = uris.stream().map(uri -> new RpcUrl(uri, clock)).toList();
        this.askChainId = askChainId;
    }

    /** Those that may be asked, the preferred one first. */
    List<RpcUrl> usable(Set<RpcUrl> without) {
        List<RpcUrl> usable = new ArrayList<>();
        int first = preferred;
        for (int i = 0; i < all.size(); i++) {
            RpcUrl url = all.get((first + i) % all.size());
            if (!without.contains(url) && url.chain() != RpcUrl.Chain.WRONG) {
                usable.add(url);
            }
        }
        return usable;
    }

    /** To be given to {@link #answered}. */
    int changes() {
        return changes;
    }

    /** @param changesBefore as they were when it was asked: what was asked before a change does not undo it */
    synchronized void answered(RpcUrl url, int changesBefore) {
        if (changesBefore == changes) {
            prefer(url);
        }
    }

    synchronized void prefer(RpcUrl url) {
        int index = all.indexOf(url);
        if (index != preferred) {
            LOG.info("The chain is read and written at {} from now on", url.shown());
            preferred = index;
            changes++;
        }
    }

    /** The preferred one is of no use now although it answers. */
    synchronized void preferNext() {
        preferred = (preferred + 1) % all.size();
        changes++;
    }

    /** One that is not the preferred one and does not rest, another one each time. */
    synchronized Optional<RpcUrl> another() {
        for (int i = 0; i < all.size(); i++) {
            lookedAt = (lookedAt + 1) % all.size();
            RpcUrl url = all.get(lookedAt);
            if (lookedAt != preferred
                    && url.chain() != RpcUrl.Chain.WRONG
                    && url.rest().isZero()) {
                return Optional.of(url);
            }
        }
        return Optional.empty();
    }

    /**
     * Asks all of them which chain they are on. One that does not answer is asked again before it is used.
     *
     * @param configured the id that they must have, or null to take theirs
     * @return the id; fails with a {@link NetworkException} when one has another id, or with an IOException when none
     *     answers
     */
    CompletableFuture<Long> agree(Long configured) {
        List<CompletableFuture<BigInteger>> ids = all.stream().map(askChainId).toList();
        return CompletableFuture.allOf(ids.stream()
                        .map(id -> id.handle((value, error) -> null))
                        .toArray(CompletableFuture<?>[]::new))
                .thenApply(asked -> agreed(configured, ids));
    }

    private Long agreed(Long configured, List<CompletableFuture<BigInteger>> ids) {
        BigInteger agreed = configured == null ? null : BigInteger.valueOf(configured);
        String told = configured == null ? null : "chainId says " + configured;
        boolean any = false;
        for (int i = 0; i < all.size(); i++) {
            RpcUrl url = all.get(i);
            if (ids.get(i).isCompletedExceptionally()) {
                LOG.warn("{} does not answer; it is used when it does and is on the right chain", url.shown());
                url.failed();
                continue;
            }
            BigInteger id = ids.get(i).join();
            if (agreed == null) {
                agreed = id;
                told = url.shown() + " is on chain " + id;
            } else if (!id.equals(agreed)) {
                throw new NetworkException("The node at rpcUrl " + url.shown() + " is on chain " + id + ", but " + told
                        + ". Correct the one that is wrong");
            }
            if (!any) {
                any = true;
                preferred = i;
            }
            url.chain(RpcUrl.Chain.RIGHT);
        }
        if (!any) {
            // The first one's failure tells as much as any.
            ids.get(0).join();
        }
        chainId = Objects.requireNonNull(agreed);
        return agreed.longValueExact();
    }

    /** Completes when the endpoint is known to be on the chain, and fails when it is not or does not answer. */
    CompletableFuture<Void> onRightChain(RpcUrl url) {
        BigInteger expected = chainId;
        if (expected == null || url.chain() == RpcUrl.Chain.RIGHT) {
            return CompletableFuture.completedFuture(null);
        }
        return askChainId.apply(url).thenAccept(id -> {
            if (id.equals(expected)) {
                url.chain(RpcUrl.Chain.RIGHT);
                return;
            }
            url.chain(RpcUrl.Chain.WRONG);
            LOG.error("{} is on chain {} and not on {}; it is not used. Correct rpcUrl", url.shown(), id, expected);
            throw new CompletionException(new IOException(url.shown() + " is on chain " + id));
        });
    }
}
