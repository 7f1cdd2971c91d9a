// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import io.crynux.client.ChainNetwork;
import io.crynux.client.CrynuxClient;
import io.crynux.client.journal.FileTaskJournal;
import io.crynux.client.journal.JournalOwner;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.Limits;
import io.crynux.client.task.SdParameters;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import io.crynux.client.wallet.Wallets;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.contract.ContractSettings;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Time to continue open tasks, which are paid and uploaded and which no node has started.
 *
 * @param reading time to read the journal
 * @param connecting time until the state of all tasks is known, including reading the journal and the chain
 * @param rpcCalls in that time
 */
record RecoveryTime(int tasks, Duration reading, Duration connecting, long rpcCalls) {
    private static final BigInteger CNX = BigInteger.TEN.pow(18);
    private static final int MINUTES = 10;

    static RecoveryTime measure(int tasks, Path directory) throws Exception {
        try (CrynuxDevnet devnet = CrynuxDevnet.builder()
                .lightNodes()
                .blockTime(Duration.ofMillis(250))
                .relayLag(Duration.ofMillis(100))
                .blockGasLimit(2_000_000_000)
                .contract(ContractSettings.defaults().withQueueSize(2 * tasks))
                .start()) {
            devnet.faults().nodes().pause();
            devnet.chain().fund(devnet.account(0).address(), CNX.multiply(BigInteger.valueOf(40L * tasks)));
            devnet.chain().mine();
            try (CrynuxClient first = client(devnet, tasks, new FileTaskJournal(directory.toString()))) {
                List<CompletableFuture<TaskResult>> uploads = new ArrayList<>();
                for (int i = 0; i < tasks; i++) {
                    uploads.add(first.submit(TaskRequest.builder(
                                    SdParameters.builder("picture " + i).build())
                            .fee("30")
                            .idempotencyKey("message-" + i)
                            .waitFor(WaitFor.UPLOADED)
                            .timeout(Duration.ofMinutes(MINUTES))
                            .build()));
                }
                CompletableFuture.allOf(uploads.toArray(CompletableFuture<?>[]::new))
                        .get(MINUTES, TimeUnit.MINUTES);
            }
            long before = calls(devnet);
            TimedJournal journal = new TimedJournal(new FileTaskJournal(directory.toString()));
            try (CrynuxClient second = client(devnet, tasks, journal)) {
                long begin = System.nanoTime();
                second.connect().get(MINUTES, TimeUnit.MINUTES);
                return new RecoveryTime(
                        tasks, journal.opening, Duration.ofNanos(System.nanoTime() - begin), calls(devnet) - before);
            }
        }
    }

    private static CrynuxClient client(CrynuxDevnet devnet, int tasks, TaskJournal journal) {
        EngineSettings usual = EngineSettings.DEFAULT;
        return CrynuxClient.builder()
                .network(ChainNetwork.builder()
                        .rpcUrl(devnet.rpcUrl())
                        .relayUrl(devnet.relayUrl())
                        .contractAddress(devnet.contractAddress())
                        .pollInterval(Duration.ofMillis(250))
                        .maxPendingTransactions(tasks)
                        .build())
                .signer(Wallets.ofPrivateKey(devnet.account(0).privateKey()))
                .engine(new EngineSettings(
                        usual.finality(),
                        usual.payments(),
                        usual.downloadDelay(),
                        usual.retention(),
                        new Limits(tasks, tasks, tasks),
                        usual.budget()))
                .journal(journal)
                .build();
    }

    /** Measures the time to open the journal. */
    private static final class TimedJournal implements TaskJournal {
        private final TaskJournal journal;
        private volatile Duration opening = Duration.ZERO;

        TimedJournal(TaskJournal journal) {
            this.journal = journal;
        }

        @Override
        public CompletionStage<JournalSession> open(JournalScope scope, JournalOwner owner) {
            long begin = System.nanoTime();
            return journal.open(scope, owner).thenApply(session -> {
                opening = Duration.ofNanos(System.nanoTime() - begin);
                return session;
            });
        }

        @Override
        public boolean isDurable() {
            return journal.isDurable();
        }
    }

    private static long calls(CrynuxDevnet devnet) {
        return devnet.chain().rpcCounts().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
