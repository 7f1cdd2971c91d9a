// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.settings.Backoff;
import io.crynux.client.settings.HttpSettings;
import io.crynux.client.settings.RelaySettings;
import io.crynux.client.task.SdParameters;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import io.crynux.client.wallet.Wallets;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.CrynuxDevnetBuilder;
import io.crynux.testing.RelayProxy;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A devnet with a proxy in front of its Relay, and a client that retries quickly. */
abstract class RelayTestSupport {
    static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(2);
    static final int USELESS_ANSWERS = 3;
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
    /** A wallet pays for one client at a time, also where cases with a devnet each run side by side. */
    private static final int WALLETS = 30;

    private static final AtomicInteger NEXT_WALLET = new AtomicInteger();

    private final int wallet = NEXT_WALLET.getAndIncrement() % WALLETS;
    CrynuxDevnet devnet;
    RelayProxy proxy;
    CrynuxClient client;

    /** Override for a network that differs. */
    CrynuxDevnetBuilder network() {
        return CrynuxDevnet.builder()
                .blockTime(Duration.ofMillis(50))
                .relayLag(Duration.ofMillis(20))
                .workTime(Duration.ofMillis(20));
    }

    /** Override for a client that differs. */
    ChainClientBuilder client() {
        Backoff quick = new Backoff(Duration.ofMillis(20), Duration.ofMillis(100));
        return new ChainClientBuilder()
                .rpcUrl(devnet.rpcUrl())
                .relayUrl(proxy.url())
                .contractAddress(devnet.contractAddress())
                .signer(Wallets.ofPrivateKey(devnet.account(wallet).privateKey()))
                .relay(new RelaySettings(quick, quick, LONGEST_RETRY_AFTER, USELESS_ANSWERS, Duration.ofMillis(200)))
                .http(new HttpSettings(Duration.ofSeconds(5), REQUEST_TIMEOUT, null, null))
                .pollInterval(Duration.ofMillis(20));
    }

    @BeforeEach
    void start() {
        devnet = network().accounts(WALLETS).start();
        proxy = new RelayProxy(devnet.relayUrl());
        client = client().build();
    }

    @AfterEach
    void stop() {
        client.close();
        proxy.close();
        devnet.close();
    }

    static TaskRequest.Builder image() {
        return TaskRequest.builder(SdParameters.builder("a lighthouse at dawn")
                        .imageWidth(64)
                        .imageHeight(64)
                        .build())
                .fee("30");
    }

    TaskResult run(TaskRequest request) throws Exception {
        return client.submit(request).get(60, TimeUnit.SECONDS);
    }

    TaskResult upload() throws Exception {
        return run(image().waitFor(WaitFor.UPLOADED).build());
    }

    <T extends CrynuxException> T failure(TaskRequest request, Class<T> type) {
        ExecutionException failed = catchThrowableOfType(ExecutionException.class, () -> run(request));
        return type.cast(failed.getCause());
    }
}
