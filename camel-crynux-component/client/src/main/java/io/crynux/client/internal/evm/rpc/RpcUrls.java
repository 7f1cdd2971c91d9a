// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

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
public final class RpcUrls {
    private static final Logger LOG = LoggerFactory.getLogger(RpcUrls.class);

    private final List<RpcUrl> all;
    private final Function<RpcUrl, CompletableFuture<Chain>> askChain;
    private volatile int preferred;
    /** How often another one became the preferred one. */
    private volatile int changes;

    private int lookedAt;
    private volatile Chain chain;

    /**
     * Which chain an endpoint is on.
     *
     * @param genesisHash hash of its block 0, in lower case; null where the node does not have that block, as a pruned one
     */
    public record Chain(BigInteger id, String genesisHash) {
        /** Whether it can be the other one: a block 0 that is not known says nothing. */
        boolean matches(Chain other) {
            return id.equals(other.id)
                    && (genesisHash == null || other.genesisHash == null || genesisHash.equals(other.genesisHash));
        }

        /** As messages name it beside another one. */
        String describe(Chain other) {
            return "chain " + id
                    + (genesisHash == null || !id.equals(other.id) ? "" : " (genesis " + genesisHash + ")");
        }
    }

    /** @param askChain asks one endpoint which chain it is on */
    RpcUrls(List<URI> uris, Clock clock, Function<RpcUrl, CompletableFuture<Chain>> askChain) {
        this.all = uris.stream().map(uri -> new RpcUrl(uri, clock)).toList();
        this.askChain = askChain;
    }

    private RpcUrls(RpcUrl alone) {
        this.all = List.of(alone);
        this.askChain = url -> CompletableFuture.failedFuture(new IllegalStateException());
    }

    private RpcUrls(RpcUrls others) {
        this.all = others.all;
        this.askChain = others.askChain;
        this.chain = others.chain;
        this.preferred = (others.preferred + 1) % all.size();
    }

    /** The same ones, beginning with the one that is asked next here; which one is preferred there changes nothing here. */
    RpcUrls elsewhere() {
        return new RpcUrls(this);
    }

    /** Whether there is only one. */
    boolean isOne() {
        return all.size() == 1;
    }

    /** That one alone, whatever chain it is on. */
    static RpcUrls only(RpcUrl url) {
        return new RpcUrls(url);
    }

    /** Whether any is left alone because it limits the rate. */
    boolean isAnyRateLimited() {
        return all.stream().anyMatch(RpcUrl::isRateLimited);
    }

    /** The one that is asked first now, as messages may show it. */
    String shown() {
        return all.get(preferred).shown();
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
            LOG.info("JSON-RPC calls go to {} from now on", url.shown());
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
     * @param ask asks one of them
     * @return the chain; fails with a {@link NetworkException} when one is on another chain, or with an IOException when none
     *     answers
     */
    CompletableFuture<Chain> agree(Long configured, Function<RpcUrl, CompletableFuture<Chain>> ask) {
        List<CompletableFuture<Chain>> chains = all.stream().map(ask).toList();
        return CompletableFuture.allOf(chains.stream()
                        .map(asked -> asked.handle((value, error) -> null))
                        .toArray(CompletableFuture<?>[]::new))
                .thenApply(asked -> agreed(configured, chains));
    }

    private Chain agreed(Long configured, List<CompletableFuture<Chain>> chains) {
        Chain agreed = configured == null ? null : new Chain(BigInteger.valueOf(configured), null);
        RpcUrl agreedBy = null;
        List<RpcUrl> silent = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            RpcUrl url = all.get(i);
            if (chains.get(i).isCompletedExceptionally()) {
                silent.add(url);
                continue;
            }
            Chain its = chains.get(i).join();
            if (agreed != null && !its.matches(agreed)) {
                String told = agreedBy == null
                        ? "chainId says " + configured
                        : agreedBy.shown() + " is on " + agreed.describe(its);
                throw new NetworkException("The node at rpcUrl " + url.shown() + " is on " + its.describe(agreed)
                        + ", but " + told + ". Correct the one that is wrong");
            }
            if (agreed == null || (agreed.genesisHash() == null && its.genesisHash() != null)) {
                agreed = its;
                agreedBy = url;
            }
            if (silent.size() == i) {
                preferred = i;
            }
            url.chain(RpcUrl.Chain.RIGHT);
        }
        if (silent.size() == all.size()) {
            // The first one's failure tells as much as any.
            chains.get(0).join();
        }
        silent.forEach(url ->
                LOG.warn("{} does not answer; it is used once it answers and is on the right chain", url.shown()));
        chain = Objects.requireNonNull(agreed);
        return agreed;
    }

    /** Completes when the endpoint is known to be on the chain, and fails when it is not or does not answer. */
    CompletableFuture<Void> onRightChain(RpcUrl url) {
        Chain expected = chain;
        if (expected == null || url.chain() == RpcUrl.Chain.RIGHT) {
            return CompletableFuture.completedFuture(null);
        }
        return askChain.apply(url).thenAccept(its -> {
            if (its.matches(expected)) {
                url.chain(RpcUrl.Chain.RIGHT);
                return;
            }
            url.chain(RpcUrl.Chain.WRONG);
            LOG.error(
                    "{} is on {} and not on {}; it is not used. Correct rpcUrl",
                    url.shown(),
                    its.describe(expected),
                    expected.describe(its));
            throw new CompletionException(new IOException(url.shown() + " is on " + its.describe(expected)));
        });
    }
}
