// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.camel.CrynuxConstants;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.CrynuxDevnetBuilder;
import io.crynux.devnet.DevnetAccount;
import io.crynux.devnet.contract.NodeStatus;
import io.crynux.testing.LoggedMessages;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Keys;
import org.web3j.utils.Numeric;

/**
 * Runs the cases of a class, each with a wallet of its own, and holds them to what they say. A fault strikes everybody on its
 * devnet, so that the cases that run side by side have one each.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FaultsSeenFromARoute {
    private static final int FIRST_BLOCKS = 10;
    private static final int DEVNETS = 3;
    private static final BigInteger MOST_GAS_WEI = BigInteger.TEN.pow(16);

    private final BlockingQueue<CrynuxDevnet> devnets = new LinkedBlockingQueue<>();
    private final AtomicInteger wallets = new AtomicInteger();
    private LoggedMessages logged;

    /** Override for a network that differs. */
    CrynuxDevnetBuilder network() {
        return CrynuxDevnet.builder()
                .blockTime(Duration.ofMillis(50))
                .relayLag(Duration.ofMillis(20))
                .workTime(Duration.ofMillis(20))
                .accounts(50);
    }

    /** With blocks enough for a reorganisation at once. */
    private CrynuxDevnet startNetwork() {
        CrynuxDevnet devnet = network().start();
        for (int i = 0; i < FIRST_BLOCKS; i++) {
            devnet.chain().mine();
        }
        return devnet;
    }

    @BeforeAll
    void startNetworks() {
        logged = new LoggedMessages("io.crynux");
        for (int i = 0; i < DEVNETS; i++) {
            devnets.add(startNetwork());
        }
    }

    @AfterAll
    void stopNetworks() {
        devnets.forEach(CrynuxDevnet::close);
        logged.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    @Execution(ExecutionMode.CONCURRENT)
    void theUserSees(FaultCase fault) throws Exception {
        CrynuxDevnet devnet = devnets.take();
        try {
            check(fault, devnet);
        } finally {
            devnet.chain().resumeBlocks();
            devnets.add(fault.crowds() ? another(devnet) : unlessBusy(devnet));
        }
    }

    /** Nodes wait for ever for parameters that nobody uploads any more; another network has nodes for the next case. */
    private CrynuxDevnet unlessBusy(CrynuxDevnet devnet) {
        // A payment that waits for a block would give them such a task only when they have been found free.
        devnet.chain().mine();
        try {
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofMillis(500))
                    .until(() -> devnet.nodes().stream()
                            .allMatch(node -> devnet.chain().nodeStatus(node.address()) == NodeStatus.AVAILABLE));
            return devnet;
        } catch (ConditionTimeoutException e) {
            return another(devnet);
        }
    }

    private CrynuxDevnet another(CrynuxDevnet devnet) {
        devnet.close();
        return startNetwork();
    }

    private void check(FaultCase fault, CrynuxDevnet devnet) throws Exception {
        DevnetAccount wallet = fault.hasEmptyWallet() ? emptyWallet() : devnet.account(wallets.getAndIncrement());
        try (FaultyRoute route = new FaultyRoute(devnet, wallet, logged, fault.options())) {
            Exchange out;
            try {
                out = fault.script().run(route);
            } finally {
                devnet.faults().clear();
            }
            checkOutcome(fault, out);
            if (fault.warning() != null) {
                await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(route.told())
                        .anySatisfy(message -> assertThat(message).matches(fault.warning())));
            }
            assertThat(route.minedTransactions()).as("mined transactions").isEqualTo(fault.payments());
            assertThat(route.gone())
                    .as("what the wallet has less, gas included")
                    .isBetween(wei(fault.leastGone()), wei(fault.mostGone()).add(MOST_GAS_WEI));
        }
    }

    private static BigInteger wei(String cnx) {
        return new BigDecimal(cnx).scaleByPowerOfTen(18).toBigIntegerExact();
    }

    private static DevnetAccount emptyWallet() throws GeneralSecurityException {
        Credentials unknown = Credentials.create(Keys.createEcKeyPair());
        return new DevnetAccount(
                Numeric.toHexStringWithPrefixZeroPadded(unknown.getEcKeyPair().getPrivateKey(), 64),
                unknown.getAddress());
    }

    private static void checkOutcome(FaultCase fault, Exchange out) {
        if (fault.failure() == null) {
            assertThat(out.getException()).isNull();
            assertThat(out.getMessage().getBody(String.class)).containsIgnoringCase("lichen");
            assertThat(out.getMessage().getHeaders())
                    .containsEntry(CrynuxConstants.FEE_PAID, "30")
                    .containsEntry(CrynuxConstants.ATTEMPT, 1)
                    .containsKeys(CrynuxConstants.TASK_ID, CrynuxConstants.TRANSACTION_HASH);
        } else {
            assertThat(out.getException()).isExactlyInstanceOf(fault.failure());
            assertThat(out.getException().getMessage()).matches(fault.message());
        }
    }
}
