// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.internal.async.Loop;
import io.crynux.client.internal.engine.TaskEngine;
import io.crynux.client.internal.http.CallListener;
import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.internal.protocol.Protocol;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.observe.ClientObserver;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.HttpSettings;
import io.crynux.client.wallet.Signer;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What a client has on every network.
 *
 * @param signer null for a client that only reads
 */
record ClientParts(
        Signer signer,
        EngineSettings settings,
        HttpSettings http,
        TaskJournal journal,
        Executor worker,
        ScheduledExecutorService timer,
        Clock clock,
        ClientObserver observer,
        Runnable closeOwned) {

    TaskEngine engine(Protocol protocol) {
        return new TaskEngine(
                protocol, journal, settings, clock, new Loop(worker, timer, System::nanoTime), worker, timer, observer);
    }

    HttpTransport transport(CallListener listener) {
        return new HttpTransport(http, worker, timer, listener);
    }
}
