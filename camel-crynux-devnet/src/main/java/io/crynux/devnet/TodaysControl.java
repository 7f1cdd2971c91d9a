// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.relaynet.RelayNetwork;
import io.crynux.devnet.relaynet.engine.RelayOperations.Backup;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.undertow.server.HttpHandler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.web3j.crypto.Keys;

/** The control API of a network of today: faults, clock, and what the Relay's operator can do. */
final class TodaysControl {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final RelayNetwork network;
    private final Map<String, Backup> backups = new ConcurrentHashMap<>();
    private final AtomicLong backupIds = new AtomicLong();

    TodaysControl(RelayNetwork network) {
        this.network = network;
    }

    /** Answers requests whose paths have lost {@link Control#PREFIX}. */
    HttpHandler handler() {
        var faults = network.faults();
        var routes = new ControlHttp(new RelayFaultCatalogue(faults).known(), faults::on, faults::clear);
        routes.get("/network/tasks", this::tasks);
        routes.post("/network/advance", with -> {
            with.allowOnly("time");
            network.advance(with.duration("time"));
            return now();
        });
        routes.post("/network/deposit", with -> {
            with.allowOnly("address", "wei");
            String account = account(with);
            network.deposit(account, with.wei("wei"));
            return NODES.objectNode().put("balance", network.balance(account).toString());
        });
        routes.post("/network/slash", with -> {
            with.allowOnly("address");
            network.slash(account(with));
            return now();
        });
        routes.post("/network/restart", with -> {
            with.allowOnly();
            network.restart();
            return now();
        });
        routes.post("/network/purge", with -> {
            with.allowOnly("age");
            Duration age = with.duration("age");
            if (age.isZero()) {
                throw new IllegalArgumentException("'age' must be positive");
            }
            network.purge(age);
            return now();
        });
        routes.post("/network/backup", with -> {
            with.allowOnly();
            String id = Long.toString(backupIds.incrementAndGet());
            backups.put(id, network.backup());
            return NODES.objectNode().put("backup", id);
        });
        routes.post("/network/restore", with -> {
            with.allowOnly("backup");
            Backup backup = backups.get(with.text("backup"));
            if (backup == null) {
                throw new IllegalArgumentException("'backup' must be one of " + backups.keySet());
            }
            network.restore(backup);
            return now();
        });
        routes.post("/network/whitelist", with -> {
            with.allowOnly("address", "on");
            boolean on = with.bool("on");
            if (with.optionalText("address").isPresent()) {
                network.whitelist(account(with), on);
            } else {
                network.whitelistOnly(on);
            }
            return now();
        });
        return routes.handler();
    }

    /** The Relay compares addresses as texts, with their checksum. */
    private static String account(ControlParameters with) {
        return Keys.toChecksumAddress(with.address("address"));
    }

    private ObjectNode now() {
        return NODES.objectNode().put("now", network.now().toString());
    }

    private ObjectNode tasks() {
        ObjectNode json = now();
        ArrayNode rows = json.putArray("tasks");
        for (RelayTask task : network.tasks()) {
            ObjectNode row = rows.addObject()
                    .put("commitment", task.commitment())
                    .put("creator", task.order().creator())
                    .put("fee", task.order().fee().toString())
                    .put("status", task.status().name())
                    .put("abortReason", task.abortReason().name())
                    .put("node", task.work().node());
            network.deadline(task.commitment()).ifPresent(at -> row.put("deadline", at.toString()));
        }
        return json;
    }
}
