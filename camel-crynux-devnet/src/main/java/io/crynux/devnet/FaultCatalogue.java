// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.fault.HttpFaults;
import io.crynux.devnet.node.NodeFaults;
import io.crynux.devnet.relay.RelayFaults;
import io.crynux.devnet.rpc.RpcFaults;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** All faults by the names that they have over HTTP: those of the Java API, as {@code rpc.respond429}. */
final class FaultCatalogue {
    private final KnownFaults faults = new KnownFaults();

    FaultCatalogue(Faults all) {
        http("rpc.", all.rpc());
        http("relay.", all.relay());
        rpc(all.rpc());
        add("contract.outOfGas", with -> all.contract().outOfGas());
        relay(all.relay());
        nodes(all.nodes());
    }

    private void add(String name, Function<ControlParameters, Fault> begin, String... members) {
        faults.add(name, begin, List.of(members));
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

    /** A status that {@link HttpFaults#respond} can answer with. */
    static int status(int status) {
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

    /** The faults that can begin. */
    KnownFaults known() {
        return faults;
    }
}
