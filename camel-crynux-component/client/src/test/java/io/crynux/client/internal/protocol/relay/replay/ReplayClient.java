// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.replay;

import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.internal.protocol.relay.api.RelayApi;
import io.crynux.client.internal.protocol.relay.limit.CallQueue;
import io.crynux.client.internal.signing.CheckedProver;
import io.crynux.client.internal.signing.CheckedSigner;
import io.crynux.client.settings.HttpSettings;
import io.crynux.client.wallet.Signer;
import io.crynux.client.wallet.VrfProver;
import io.crynux.client.wallet.Wallets;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The client's API on a time that the test sets: it jumps, so that each call reads the Relay's time first. */
public final class ReplayClient implements AutoCloseable {
    /** For calls on a busy machine. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final SetClock clock = new SetClock();
    private final HttpTransport http = new HttpTransport(HttpSettings.DEFAULT, executor, scheduler);
    private final HttpTransport validations = new HttpTransport(HttpSettings.DEFAULT, executor, scheduler);
    private final URI url;

    public ReplayClient(URI url) {
        this.url = url;
    }

    /** The API for a wallet; null for none. */
    public RelayApi api(String privateKey) {
        Signer signer = privateKey == null ? null : Wallets.ofPrivateKey(privateKey);
        return new RelayApi(
                url,
                signer == null ? null : signer.address(),
                signer == null ? null : new CheckedSigner(signer, executor, scheduler),
                new RelayApi.Environment(http, validations, new CallQueue(8, 0, () -> 0, scheduler), clock, () -> 0));
    }

    public CheckedProver prover(String privateKey) {
        Signer signer = Wallets.ofPrivateKey(privateKey);
        return new CheckedProver((VrfProver) signer, signer.address(), executor, scheduler);
    }

    public ExecutorService executor() {
        return executor;
    }

    public ScheduledExecutorService scheduler() {
        return scheduler;
    }

    public void setTime(Instant time) {
        clock.now = time;
    }

    /** Waits for a call. */
    public static <T> T get(CompletableFuture<T> call) {
        return call.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static final class SetClock extends Clock {
        private volatile Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        scheduler.shutdownNow();
    }
}
