// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.awaitility.Awaitility.await;

import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.fault.Fault;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The classic network: a devnet. */
final class DevnetNetwork implements TestNetwork {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final CrynuxDevnet devnet;
    private final int account;
    private Fault silence;
    private Fault outage;

    DevnetNetwork(CrynuxDevnet devnet, int account) {
        this.devnet = devnet;
        this.account = account;
    }

    CrynuxDevnet devnet() {
        return devnet;
    }

    @Override
    public void connect(CrynuxComponent crynux) {
        crynux.setRpcUrl(devnet.rpcUrl());
        crynux.setContractAddress(devnet.contractAddress());
        crynux.setRelayUrl(devnet.relayUrl());
        crynux.setPrivateKey(devnet.account(account).privateKey());
        crynux.setPollInterval(50);
        QuickRelay.of(crynux);
        crynux.setFinality("2");
    }

    @Override
    public String account() {
        return devnet.account(account).address().toLowerCase(Locale.ROOT);
    }

    /** The transactions that the account has sent and has waiting. */
    @Override
    public long payments() throws Exception {
        return CrynuxTestSupport.nonceOn(devnet, devnet.account(account).address());
    }

    @Override
    public boolean hasParameters(long taskId) {
        return devnet.relay().parameters(BigInteger.valueOf(taskId)).isPresent();
    }

    @Override
    public String failureReason() {
        return "Task error reported";
    }

    /** No two nodes agree. */
    @Override
    public String disagree() {
        devnet.faults().nodes().disagree();
        return "Task result illegal";
    }

    @Override
    public void agree() {
        devnet.faults().clear();
    }

    @Override
    public void hold() {
        silence = devnet.faults().nodes().neverAnswer(3);
    }

    @Override
    public void letGo() {
        if (silence != null) {
            silence.end();
        }
    }

    @Override
    public void holdInstantTasks() {}

    @Override
    public void removeNodes() {
        List<String> quits = devnet.nodes().stream()
                .map(node -> devnet.chain().quitNode(node.address()))
                .toList();
        await().atMost(SOON).until(() -> quits.stream()
                .allMatch(quit -> devnet.chain().access().succeeded(quit).orElse(false)));
    }

    @Override
    public void addNodes() {
        devnet.nodes().forEach(node -> devnet.chain().joinNode(node.address(), "NVIDIA GeForce RTX 4090", 24));
    }

    @Override
    public void withholdConfirmations() {
        devnet.chain().pauseBlocks();
    }

    @Override
    public void confirm() {
        devnet.chain().resumeBlocks();
    }

    @Override
    public String down() {
        outage = devnet.faults().relay().down();
        return "The Relay at relayUrl does not answer";
    }

    @Override
    public void up() {
        outage.end();
    }

    @Override
    public void close() {
        devnet.close();
    }
}
