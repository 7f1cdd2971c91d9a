// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crynux.devnet.relaynet.auth.WalletLogin;
import io.crynux.devnet.relaynet.auth.WalletSession;
import io.crynux.devnet.relaynet.engine.RelayRequests;
import io.crynux.devnet.relaynet.ledger.Deposit;
import io.crynux.devnet.relaynet.ledger.LedgerRow;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import io.undertow.util.Methods;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Login, balance, and the lists of what moved. */
final class AccountEndpoints {
    private static final String ACCOUNT = "/v1/relay_account/{address}/";
    private static final long DEFAULT_PAGE_SIZE = 10;

    /** Name of the network that deposits came over. */
    private static final String NETWORK = "devnet";

    private final RelayRequests requests;
    private final WalletLogin login;

    AccountEndpoints(RelayRequests requests, WalletLogin login) {
        this.requests = requests;
        this.login = login;
    }

    void addTo(Router routes) {
        routes.add(Methods.POST, "/v1/client/connect_wallet", this::connect);
        routes.add(Methods.GET, "/v2/relay_account/{address}/balance", this::balance);
        routes.add(Methods.GET, ACCOUNT + "task_fee", this::movements);
        routes.add(Methods.GET, ACCOUNT + "deposit/list", this::deposits);
        routes.add(Methods.GET, ACCOUNT + "withdraw/list", this::withdrawals);
    }

    private Answer connect(Call call) throws RequestRefusedException, IOException {
        FieldSource fields = Bodies.jsonOnly(call);
        String address = fields.text("address").orElse("");
        if (address.isEmpty()) {
            throw RequestRefusedException.invalid("address", "required");
        }
        Seal seal = Seal.required(
                fields.signed("timestamp").orElse(0L), fields.text("signature").orElse(""));
        WalletSession session = login.connect(address, seal.signature(), seal.timestamp());
        return Answer.data(
                Answer.JSON.objectNode().put("token", session.token()).put("expires_at", session.expiresAt()));
    }

    private Answer balance(Call call) throws RequestRefusedException {
        String address = call.path("address");
        String caller = login.requireTokenOrSignature(
                call.authorization(),
                Map.of("address", address),
                call.query("timestamp", "Timestamp"),
                call.query("signature", "Signature"));
        WalletLogin.requireOwner(address, caller);
        return Answer.data(TextNode.valueOf(requests.balance(address).toString()));
    }

    /** The account of a path, whose owner has logged in. */
    private String ownAccount(Call call) throws RequestRefusedException {
        String address = call.path("address");
        WalletLogin.requireOwner(address, login.requireToken(call.authorization()));
        return address;
    }

    private Answer movements(Call call) throws RequestRefusedException {
        Page page = Page.of(call);
        List<LedgerRow> rows = requests.movements(ownAccount(call));
        return answer(page, rows, "records", row -> Answer.JSON
                .objectNode()
                .put("id", row.id())
                .put("created_at", row.at().getEpochSecond())
                .put("address", row.address())
                .put("amount", row.amount().toString())
                .put("type", row.type().code())
                .put("reason", row.reason()));
    }

    private Answer deposits(Call call) throws RequestRefusedException {
        Page page = Page.of(call);
        List<Deposit> deposits = requests.deposits(ownAccount(call));
        return answer(page, deposits, "deposit_records", deposit -> Answer.JSON
                .objectNode()
                .put("id", deposit.id())
                .put("created_at", deposit.at().getEpochSecond())
                .put("address", deposit.address())
                .put("amount", deposit.amount().toString())
                .put("network", NETWORK)
                .put("tx_hash", deposit.transaction()));
    }

    private Answer withdrawals(Call call) throws RequestRefusedException {
        Page page = Page.of(call);
        ownAccount(call);
        return answer(page, List.<Deposit>of(), "withdraw_records", any -> Answer.JSON.objectNode());
    }

    private static <T> Answer answer(Page page, List<T> oldestFirst, String name, Function<T, ObjectNode> describe) {
        ObjectNode data = Answer.JSON.objectNode().put("total", oldestFirst.size());
        ArrayNode rows = data.putArray(name);
        long first = oldestFirst.size() - 1L - page.skipped();
        for (long at = first; at >= 0 && first - at < page.size(); at--) {
            rows.add(describe.apply(oldestFirst.get((int) at)));
        }
        return Answer.data(data);
    }

    /** @param number from 1 */
    private record Page(long number, long size) {
        static Page of(Call call) throws RequestRefusedException {
            long number = call.unsigned("page", "Page").longValue();
            long size = call.unsigned("page_size", "PageSize").longValue();
            return new Page(Math.max(1, number), size == 0 ? DEFAULT_PAGE_SIZE : size);
        }

        /** Rows before the page, or more than there can be. */
        long skipped() {
            return number - 1 > Integer.MAX_VALUE / Math.min(size, Integer.MAX_VALUE)
                    ? Integer.MAX_VALUE
                    : (number - 1) * size;
        }
    }
}
