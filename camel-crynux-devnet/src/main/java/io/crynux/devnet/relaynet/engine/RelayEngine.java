// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import io.crynux.devnet.relaynet.auth.SamplingProofs;
import io.crynux.devnet.relaynet.event.EventLog;
import io.crynux.devnet.relaynet.node.NodePlan;
import io.crynux.devnet.relaynet.node.RelayNodeFaults;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import io.crynux.devnet.relaynet.time.NetworkTime;
import io.crynux.devnet.result.Workshop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.web3j.crypto.Keys;

/** The Relay without its HTTP: assembles the parts, and lets happen by the clock what happens by itself. */
public final class RelayEngine {
    /** The Relay's own address, the issuer of what it aborts by itself. No key is known. */
    public static final String ADDRESS = Keys.toChecksumAddress("0x00000000000000000000000000000000000de1a7");

    private static final Duration PURGE_INTERVAL = Duration.ofHours(1);

    private final NetworkTime time;
    private final RelayNetworkSettings settings;
    private final RelayRequests requests;
    private final RelayOperations operations;

    /**
     * What an engine is made of.
     *
     * @param executor makes the nodes' files
     * @param honest what a node does that no fault affects
     * @param eventWriting how rows of the event log are written
     * @param nobodyListed whether all creators were taken off the whitelist
     * @param databaseError the error of the database while it is away
     * @param seeds gives the sampling seed of a commitment
     */
    public record Parts(
            NetworkTime time,
            RelayNetworkSettings settings,
            Workshop workshop,
            Executor executor,
            NodePlan honest,
            RelayNodeFaults faults,
            Supplier<EventLog.Writing> eventWriting,
            Supplier<Optional<String>> databaseError,
            BooleanSupplier nobodyListed,
            UnaryOperator<String> seeds) {}

    public RelayEngine(Parts parts) {
        this.time = parts.time();
        this.settings = parts.settings();
        var database = new Database(parts.databaseError());
        var events = new EventWriter(time, database, parts.eventWriting());
        var settlement = new Settlement(time, database, events);
        var work = new NodeWork(
                time,
                database,
                settlement,
                events,
                parts.faults(),
                new Workbench(parts.workshop()),
                parts.executor(),
                parts.honest());
        var dispatcher = new Dispatcher(time, database, events, parts.faults(), work, settings);
        var deadlines = new Deadlines(time, database, settlement, settings, ADDRESS);
        var groups = new GroupValidation(
                time, database, settlement, events, work, new ScoreComparison(settings.distanceThreshold()));
        var validation = new Validation(
                time, database, new SamplingProofs(settings.samplingModulus()), settlement, events, work, groups);
        var creation = new Creation(time, database, settlement, parts.seeds());
        database.listedOnly(settings.whitelist());
        this.requests = new RelayRequests(time, database, creation, validation, events, parts.nobodyListed());
        this.operations = new RelayOperations(time, database, settlement, events, work, dispatcher, deadlines, ADDRESS);
    }

    /** Puts on the agenda what happens by itself. */
    public void start() {
        dispatch();
        repeat(settings.tick(), operations::enforceDeadlines);
        repeat(settings.bookingInterval(), () -> operations.book(time.now()));
        repeat(PURGE_INTERVAL, () -> operations.purge(settings.retention()));
    }

    /** As the real Relay: at once after a round that gave out something, else a tick later. */
    private void dispatch() {
        boolean any = false;
        try {
            any = operations.dispatch();
        } finally {
            time.after(any ? Duration.ZERO : settings.tick(), this::dispatch);
        }
    }

    private void repeat(Duration interval, Runnable action) {
        time.after(interval, () -> {
            // First, so that an action that fails is not the last one.
            repeat(interval, action);
            action.run();
        });
    }

    /** What can be asked of the Relay. */
    public RelayRequests requests() {
        return requests;
    }

    /** What its operator can do. */
    public RelayOperations operations() {
        return operations;
    }
}
