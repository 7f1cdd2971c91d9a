// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.chain.Chain;
import io.crynux.devnet.chain.ChainAccess;
import io.crynux.devnet.ledger.Reorg;
import io.undertow.server.HttpHandler;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The control API: faults and chain actions over HTTP, with JSON requests and answers. */
final class Control {
    /** What all paths begin with. */
    static final String PREFIX = "/devnet";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Blocks of one request: more take longer than anybody waits for an answer. */
    private static final int MAX_BLOCKS = 10_000;

    private final Faults faults;
    private final Chain chain;

    Control(Faults faults, Chain chain) {
        this.faults = faults;
        this.chain = chain;
    }

    /** Answers requests whose paths have lost {@link #PREFIX}. */
    HttpHandler handler() {
        var routes = new ControlHttp(new FaultCatalogue(faults).known(), faults::on, faults::clear);
        routes.post("/chain/mine", with -> {
            with.allowOnly("blocks");
            int blocks = bounded("blocks", with.optionalNumber("blocks").orElse(1));
            for (int i = 0; i < blocks; i++) {
                chain.mine();
            }
            return head();
        });
        routes.post("/chain/pauseBlocks", with -> {
            with.allowOnly();
            chain.pauseBlocks();
            return head();
        });
        routes.post("/chain/resumeBlocks", with -> {
            with.allowOnly();
            chain.resumeBlocks();
            return head();
        });
        routes.post("/chain/reorg", with -> {
            chain.reorg(reorg(with));
            return head();
        });
        routes.post("/chain/advanceTime", with -> {
            with.allowOnly("time");
            chain.advanceTime(with.duration("time"));
            return head();
        });
        routes.post("/chain/dropTransaction", with -> {
            with.allowOnly("hash");
            return NODES.objectNode().put("dropped", chain.dropTransaction(with.text("hash")));
        });
        routes.post("/chain/fund", with -> {
            with.allowOnly("address", "wei");
            return NODES.objectNode().put("transaction", chain.fund(with.address("address"), with.wei("wei")));
        });
        return routes.handler();
    }

    private static int bounded(String name, int blocks) {
        if (blocks < 1 || blocks > MAX_BLOCKS) {
            throw new IllegalArgumentException("'" + name + "' must be from 1 to " + MAX_BLOCKS);
        }
        return blocks;
    }

    private static Reorg reorg(ControlParameters with) {
        with.allowOnly("depth", "newBlocks", "transactions");
        int depth = with.number("depth");
        Reorg.Transactions transactions =
                with.optionalText("transactions").map(Control::transactions).orElse(Reorg.Transactions.MINED_AGAIN);
        Optional<Integer> newBlocks = with.optionalNumber("newBlocks").map(blocks -> bounded("newBlocks", blocks));
        return new Reorg(depth, newBlocks.orElse(depth + 1), transactions);
    }

    private static Reorg.Transactions transactions(String name) {
        return Arrays.stream(Reorg.Transactions.values())
                .filter(one -> one.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'transactions' must be one of " + Arrays.toString(Reorg.Transactions.values())));
    }

    private ObjectNode head() {
        ChainAccess.Head head = chain.access().head();
        return NODES.objectNode()
                .put("number", head.number())
                .put("hash", head.hash())
                .put("timestamp", head.timestamp());
    }
}
