// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.internal.engine.KnownTasks;
import io.crynux.client.internal.engine.TaskEngine;
import io.crynux.client.internal.protocol.relay.RelayAccount;
import io.crynux.client.internal.protocol.relay.RelayOrders;
import io.crynux.client.internal.protocol.relay.RelayProtocol;
import io.crynux.client.internal.protocol.relay.api.RelayApi;
import io.crynux.client.internal.protocol.relay.limit.CallQueue;
import io.crynux.client.internal.signing.CheckedProver;
import io.crynux.client.internal.signing.CheckedSigner;
import io.crynux.client.task.WaitFor;
import io.crynux.client.wallet.Signer;
import io.crynux.client.wallet.VrfProver;
import java.util.List;

/** Assembles a client of today's network. */
final class RelayAssembly {
    /** Requests at the same time, without validations, which have connections of their own. */
    private static final int MAX_REQUESTS = 64;

    private RelayAssembly() {}

    /** @throws IllegalArgumentException if the signer is missing or no prover */
    static CrynuxClient client(RelayNetwork network, ClientParts parts) {
        Signer signer = parts.signer();
        if (signer == null) {
            throw new IllegalArgumentException("signer is missing: the Relay account of its address pays for tasks");
        }
        if (!(signer instanceof VrfProver prover)) {
            throw new IllegalArgumentException(
                    "signer is no VrfProver, which today's network requires: its proofs decide which"
                            + " tasks several nodes compute. Use a signer of Wallets, or implement VrfProver, too");
        }
        RelayApi api = new RelayApi(
                network.relayUrl(),
                signer.address(),
                new CheckedSigner(signer, parts.worker(), parts.timer()),
                new RelayApi.Environment(
                        parts.transport(new ObservedCalls(List.of(), parts.observer())),
                        parts.transport(new ObservedCalls(List.of(), parts.observer())),
                        new CallQueue(MAX_REQUESTS, network.requestsPerSecond(), System::nanoTime, parts.timer()),
                        parts.clock(),
                        System::nanoTime));
        RelayAccount account = RelayAccount.of(
                network.relayUrl(),
                api,
                new CheckedProver(prover, signer.address(), parts.worker(), parts.timer()),
                System::nanoTime);
        RelayProtocol protocol = new RelayProtocol(
                account, network.validationTimeout(), network.eventPollInterval(), parts.worker(), parts.timer());
        TaskEngine engine = parts.engine(protocol);
        KnownTasks known = new KnownTasks(engine);
        protocol.adoptLostTasks(
                (taskId, lookup) -> known.resume(taskId, lookup, WaitFor.SUCCESS, RelayNetwork.DEFAULT_TIMEOUT));
        return new CrynuxClient(
                protocol.account(),
                engine,
                new SubmissionFactory(new RelayOrders(protocol.account()), RelayNetwork.DEFAULT_TIMEOUT),
                client -> new RelayServices(engine, account),
                parts.closeOwned());
    }
}
