// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.internal.engine.TaskEngine;
import io.crynux.client.internal.event.EventStreams;
import io.crynux.client.internal.evm.ChainSettings;
import io.crynux.client.internal.evm.follow.ChainReader;
import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.internal.operation.ClientOperations;
import io.crynux.client.internal.protocol.chain.ChainConnection;
import io.crynux.client.internal.protocol.chain.ChainOrders;
import io.crynux.client.internal.protocol.chain.ChainProtocol;
import io.crynux.client.internal.protocol.chain.EventResults;
import io.crynux.client.internal.protocol.chain.TaskChain;
import io.crynux.client.internal.relayhttp.RelayClient;
import io.crynux.client.internal.relayhttp.RelayStatistics;
import io.crynux.client.internal.relayhttp.RelayTime;
import java.net.URI;
import java.util.Locale;

/** Assembles a client of the classic network. */
final class ChainAssembly {
    private final ChainNetwork network;
    private final ClientParts parts;
    private final ChainSettings chain;
    private final URI relayUrl;
    private final HttpTransport transport;
    private final ChainReader reader;
    // Null for a client that runs no tasks.
    private RelayClient relay;
    private TaskChain taskChain;
    private ChainProtocol protocol;
    private TaskEngine engine;

    private ChainAssembly(ChainNetwork network, ClientParts parts) {
        this.network = network;
        this.parts = parts;
        chain = network.chain();
        relayUrl = network.relayUrl();
        transport = parts.transport(new ObservedCalls(chain.rpcUrls(), parts.observer()));
        reader = new ChainReader(chain, transport, parts.clock(), parts.timer());
    }

    /** Without signer or Relay the client can read events and balances, but cannot run tasks. */
    static CrynuxClient client(ChainNetwork network, ClientParts parts) {
        return new ChainAssembly(network, parts).client();
    }

    private CrynuxClient client() {
        if (parts.signer() != null && relayUrl != null) {
            runTasks();
        }
        String wallet = parts.signer() == null ? null : parts.signer().address().toLowerCase(Locale.ROOT);
        return new CrynuxClient(
                wallet,
                engine,
                new SubmissionFactory(new ChainOrders(wallet), ChainNetwork.DEFAULT_TIMEOUT),
                client -> services(client, wallet),
                parts.closeOwned());
    }

    private void runTasks() {
        relay = new RelayClient(
                relayUrl, network.relay(), transport, parts.signer(), parts.clock(), parts.worker(), parts.timer());
        taskChain = new TaskChain(reader, chain, parts.signer(), parts.clock(), parts.worker(), parts.timer());
        protocol = new ChainProtocol(
                new ChainConnection(
                        taskChain, relay, network.waitMethod(), chain.follow().pollInterval(), parts.timer()),
                parts.settings());
        engine = parts.engine(protocol);
    }

    private ChainServices services(CrynuxClient client, String wallet) {
        return new ChainServices(
                reader,
                new EventStreams(reader, parts.worker(), parts.timer()),
                relay == null ? null : new EventResults(relay),
                wallet,
                new ClientOperations(new ClientOperations.Parts(
                        reader,
                        chain,
                        wallet,
                        relay,
                        relayUrl == null ? null : new RelayStatistics(relayUrl, transport),
                        engine,
                        protocol,
                        parts.settings().finality(),
                        parts.clock(),
                        parts.worker(),
                        parts.timer(),
                        () -> ChainServices.connect(reader),
                        client::connect,
                        client::order)),
                new StatusReader(
                        reader,
                        relayUrl == null ? null : new RelayTime(relayUrl, transport, parts.clock()),
                        taskChain,
                        engine));
    }
}
