// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.fault.HttpFaults;
import io.crynux.devnet.node.NodeFaults;
import io.crynux.devnet.relay.RelayFaults;
import io.crynux.devnet.rpc.RpcFaults;
import java.time.Duration;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** All faults by the names that they have over HTTP: those of the Java API, as {@code rpc.respond429}. */
final class FaultCatalogue {
    private final SortedMap<String, Function<ControlParameters, Fault>> faults = new TreeMap<>();

    FaultCatalogue(Faults all) {
        http("rpc.", all.rpc());
        http("relay.", all.relay());
        rpc(all.rpc());
        faults.put("contract.outOfGas", with -> all.contract().outOfGas());
        relay(all.relay());
        nodes(all.nodes());
    }

    private void http(String part, HttpFaults http) {
        faults.put(part + "down", with -> http.down());
        faults.put(part + "respond429", with -> with.optionalDuration("retryAfter")
                .map(http::respond429)
                .orElseGet(http::respond429));
        faults.put(part + "respond", with -> http.respond(status(with.number("status"))));
        faults.put(part + "respondBody", with -> http.respondBody(with.text("body")));
        faults.put(part + "slow", with -> http.slow(with.duration("delay")));
        faults.put(part + "truncate", with -> http.truncate());
        faults.put(part + "neverAnswer", with -> http.neverAnswer());
        faults.put(part + "respondEndlessly", with -> http.respondEndlessly());
    }

    private static int status(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("'status' must be from 200 to 599");
        }
        return status;
    }

    private void rpc(RpcFaults rpc) {
        faults.put("rpc.emptyLogs", with -> rpc.emptyLogs());
        faults.put("rpc.lateLogs", with -> rpc.lateLogs(with.number("blocks")));
        faults.put("rpc.missingLogs", with -> rpc.missingLogs(with.number("every")));
        faults.put("rpc.nullReceipts", with -> rpc.nullReceipts());
        faults.put("rpc.takeButFailSend", with -> rpc.takeButFailSend());
        faults.put("rpc.dropSent", with -> rpc.dropSent());
        faults.put(
                "rpc.respondError",
                with -> rpc.respondError(with.text("method"), with.number("code"), with.text("message")));
        faults.put("rpc.respondResult", with -> rpc.respondResult(with.text("method"), with.text("json")));
        faults.put("rpc.wrongIds", with -> rpc.wrongIds());
        faults.put("rpc.cutWebSockets", with -> with.optionalNumber("notifications")
                .map(rpc::cutWebSockets)
                .orElseGet(rpc::cutWebSockets));
        faults.put("rpc.silentWebSockets", with -> rpc.silentWebSockets());
        faults.put("rpc.laggingReplica", with -> rpc.laggingReplica(with.number("blocks"), with.number("every")));
    }

    private void relay(RelayFaults relay) {
        faults.put("relay.behind", with -> relay.behind(with.duration("lag")));
        faults.put("relay.clockSkew", with -> relay.clockSkew(Duration.ofSeconds(with.number("seconds"))));
        faults.put("relay.refuseTaskArgs", with -> relay.refuseTaskArgs(with.text("why")));
        faults.put("relay.withholdResults", with -> relay.withholdResults());
        faults.put("relay.lateResults", with -> relay.lateResults(with.duration("delay")));
        faults.put("relay.missStarts", with -> relay.missStarts());
        faults.put("relay.truncateResults", with -> relay.truncateResults());
    }

    private void nodes(NodeFaults nodes) {
        faults.put("nodes.cheat", with -> nodes.cheat(with.number("nodes")));
        faults.put("nodes.disagree", with -> nodes.disagree());
        faults.put("nodes.fail", with -> nodes.fail(with.number("nodes")));
        faults.put("nodes.neverAnswer", with -> nodes.neverAnswer(with.number("nodes")));
        faults.put("nodes.neverUpload", with -> nodes.neverUpload());
        faults.put("nodes.uploadLate", with -> nodes.uploadLate(with.duration("delay")));
        faults.put("nodes.busy", with -> nodes.busy());
        faults.put("nodes.fullQueue", with -> nodes.fullQueue(with.wei("fee")));
        faults.put("nodes.pause", with -> nodes.pause());
    }

    Set<String> names() {
        return faults.keySet();
    }

    /** Begins the fault that the parameters name, with its limits. */
    Fault begin(ControlParameters with) {
        String name = with.text("fault");
        Function<ControlParameters, Fault> known = faults.get(name);
        if (known == null) {
            throw new IllegalArgumentException("unknown fault '" + name + "'; there are " + String.join(", ", names()));
        }
        // Read before the fault begins: a wrong limit must not leave it on.
        var times = with.optionalNumber("times");
        var during = with.optionalDuration("during");
        if (times.orElse(0) < 0) {
            throw new IllegalArgumentException("'times' must not be negative");
        }
        Fault fault = known.apply(with);
        times.ifPresent(fault::times);
        during.ifPresent(fault::during);
        return fault;
    }
}
