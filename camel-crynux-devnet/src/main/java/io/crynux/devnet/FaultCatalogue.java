// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.fault.HttpFaults;
import io.crynux.devnet.node.NodeFaults;
import io.crynux.devnet.relay.RelayFaults;
import io.crynux.devnet.relaynet.fault.CallFaults;
import io.crynux.devnet.relaynet.fault.RelayCall;
import io.crynux.devnet.relaynet.fault.RelayNetworkFaults;
import io.crynux.devnet.relaynet.node.RelayNodeFaults;
import io.crynux.devnet.rpc.RpcFaults;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Faults by the names that they have over HTTP: those of the Java API, as {@code rpc.respond429}. */
final class FaultCatalogue {
    /** What limits any fault. */
    private static final List<String> LIMITS = List.of("fault", "times", "during");

    /**
     * A fault that can begin.
     *
     * @param members its parameters, besides name and limits
     */
    private record Known(List<String> members, Function<ControlParameters, Fault> begin) {}

    private final SortedMap<String, Known> faults = new TreeMap<>();

    /** The faults of the network of today; those of calls take the call as a member, and else affect all. */
    FaultCatalogue(RelayNetworkFaults all) {
        calls(all);
        todaysNodes(all.nodes());
        add("relay.databaseAway", with -> all.databaseAway());
        add("relay.withdrawWhitelist", with -> all.withdrawWhitelist());
        add("relay.clockSkew", with -> all.clockSkew(Duration.ofSeconds(with.number("seconds"))), "seconds");
        add("relay.lateEvents", with -> all.lateEvents(with.duration("delay")), "delay");
        add("relay.eventGaps", with -> all.eventGaps(with.number("ids")), "ids");
    }

    /** The faults of the classic network. */
    FaultCatalogue(Faults all) {
        http("rpc.", all.rpc());
        http("relay.", all.relay());
        rpc(all.rpc());
        add("contract.outOfGas", with -> all.contract().outOfGas());
        relay(all.relay());
        nodes(all.nodes());
    }

    private void add(String name, Function<ControlParameters, Fault> begin, String... members) {
        faults.put(name, new Known(List.of(members), begin));
    }

    private void calls(RelayNetworkFaults all) {
        addOfCall("relay.down", all, (faults, with) -> faults.down());
        addOfCall("relay.loseAnswer", all, (faults, with) -> faults.loseAnswer());
        addOfCall("relay.lateAnswer", all, (faults, with) -> faults.lateAnswer(with.duration("delay")), "delay");
        addOfCall("relay.slow", all, (faults, with) -> faults.slow(with.duration("delay")), "delay");
        addOfCall(
                "relay.respond429",
                all,
                (faults, with) -> with.optionalDuration("retryAfter")
                        .map(faults::respond429)
                        .orElseGet(faults::respond429),
                "retryAfter");
        addOfCall("relay.respond", all, (faults, with) -> faults.respond(status(with.number("status"))), "status");
        addOfCall("relay.respondBody", all, (faults, with) -> faults.respondBody(with.text("body")), "body");
        addOfCall("relay.truncate", all, (faults, with) -> faults.truncate());
        addOfCall("relay.neverAnswer", all, (faults, with) -> faults.neverAnswer());
        addOfCall("relay.respondEndlessly", all, (faults, with) -> faults.respondEndlessly());
    }

    private void addOfCall(
            String name,
            RelayNetworkFaults all,
            BiFunction<CallFaults, ControlParameters, Fault> begin,
            String... members) {
        add(
                name,
                with -> begin.apply(
                        all.on(with.optionalText("call").map(RelayCall::named).orElse(RelayCall.ANY)), with),
                Stream.concat(Stream.of("call"), Stream.of(members)).toArray(String[]::new));
    }

    private void todaysNodes(RelayNodeFaults nodes) {
        add("nodes.error", with -> nodes.error());
        add("nodes.hang", with -> nodes.hang());
        add("nodes.cheat", with -> nodes.cheat());
        add("nodes.collude", with -> nodes.collude());
        add("nodes.slow", with -> nodes.slow(with.duration("work")), "work");
        add("nodes.neverUpload", with -> nodes.neverUpload());
        add("nodes.uploadLate", with -> nodes.uploadLate(with.duration("delay")), "delay");
        add("nodes.pause", with -> nodes.pause());
    }

    private void http(String part, HttpFaults http) {
        add(part + "down", with -> http.down());
        add(
                part + "respond429",
                with -> with.optionalDuration("retryAfter")
                        .map(http::respond429)
                        .orElseGet(http::respond429),
                "retryAfter");
        add(part + "respond", with -> http.respond(status(with.number("status"))), "status");
        add(part + "respondBody", with -> http.respondBody(with.text("body")), "body");
        add(part + "slow", with -> http.slow(with.duration("delay")), "delay");
        add(part + "truncate", with -> http.truncate());
        add(part + "neverAnswer", with -> http.neverAnswer());
        add(part + "respondEndlessly", with -> http.respondEndlessly());
    }

    private static int status(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("'status' must be from 200 to 599");
        }
        return status;
    }

    private void rpc(RpcFaults rpc) {
        add("rpc.emptyLogs", with -> rpc.emptyLogs());
        add("rpc.lateLogs", with -> rpc.lateLogs(with.number("blocks")), "blocks");
        add("rpc.missingLogs", with -> rpc.missingLogs(with.number("every")), "every");
        add("rpc.nullReceipts", with -> rpc.nullReceipts());
        add("rpc.takeButFailSend", with -> rpc.takeButFailSend());
        add("rpc.dropSent", with -> rpc.dropSent());
        add(
                "rpc.respondError",
                with -> rpc.respondError(with.text("method"), with.number("code"), with.text("message")),
                "method",
                "code",
                "message");
        add("rpc.respondResult", with -> rpc.respondResult(with.text("method"), with.text("json")), "method", "json");
        add("rpc.wrongIds", with -> rpc.wrongIds());
        add(
                "rpc.cutWebSockets",
                with -> with.optionalNumber("notifications")
                        .map(rpc::cutWebSockets)
                        .orElseGet(rpc::cutWebSockets),
                "notifications");
        add("rpc.silentWebSockets", with -> rpc.silentWebSockets());
        add(
                "rpc.laggingReplica",
                with -> rpc.laggingReplica(with.number("blocks"), with.number("every")),
                "blocks",
                "every");
    }

    private void relay(RelayFaults relay) {
        add("relay.behind", with -> relay.behind(with.duration("lag")), "lag");
        add("relay.clockSkew", with -> relay.clockSkew(Duration.ofSeconds(with.number("seconds"))), "seconds");
        add("relay.refuseTaskArgs", with -> relay.refuseTaskArgs(with.text("why")), "why");
        add("relay.withholdResults", with -> relay.withholdResults());
        add("relay.lateResults", with -> relay.lateResults(with.duration("delay")), "delay");
        add("relay.missStarts", with -> relay.missStarts());
        add("relay.truncateResults", with -> relay.truncateResults());
    }

    private void nodes(NodeFaults nodes) {
        add("nodes.cheat", with -> nodes.cheat(with.number("nodes")), "nodes");
        add("nodes.disagree", with -> nodes.disagree());
        add("nodes.fail", with -> nodes.fail(with.number("nodes")), "nodes");
        add("nodes.neverAnswer", with -> nodes.neverAnswer(with.number("nodes")), "nodes");
        add("nodes.neverUpload", with -> nodes.neverUpload());
        add("nodes.uploadLate", with -> nodes.uploadLate(with.duration("delay")), "delay");
        add("nodes.busy", with -> nodes.busy());
        add("nodes.fullQueue", with -> nodes.fullQueue(with.wei("fee")), "fee");
        add("nodes.pause", with -> nodes.pause());
    }

    Set<String> names() {
        return faults.keySet();
    }

    /** Begins the fault that the parameters name, with its limits. */
    Fault begin(ControlParameters with) {
        String name = with.text("fault");
        Known known = faults.get(name);
        if (known == null) {
            throw new IllegalArgumentException(
                    "unknown fault '" + name + "'; known faults: " + String.join(", ", names()));
        }
        // Read before the fault begins: a wrong limit must not leave it on.
        var times = with.optionalNumber("times");
        var during = with.optionalDuration("during");
        if (times.orElse(0) < 0) {
            throw new IllegalArgumentException("'times' must not be negative");
        }
        with.allowOnly(Stream.concat(LIMITS.stream(), known.members().stream()).toArray(String[]::new));
        Fault fault = known.begin().apply(with);
        times.ifPresent(fault::times);
        during.ifPresent(fault::during);
        return fault;
    }
}
