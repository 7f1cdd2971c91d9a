// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.protocol.relay.api.LedgerPage.LedgerRecord;
import io.crynux.client.internal.protocol.relay.task.JsonFields;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads a page of the wallet's payments and refunds (relay protocol, section 4.6). */
final class LedgerCall implements RelayCall<LedgerPage> {
    private static final long MAX_RECORD = 4 << 10;

    private final RequestFactory requests;
    private final Token token;
    private final int page;
    private final int pageSize;

    /** @param page from 1 */
    LedgerCall(RequestFactory requests, Token token, int page, int pageSize) {
        this.requests = requests;
        this.token = token;
        this.page = page;
        this.pageSize = pageSize;
    }

    @Override
    public CallName name() {
        return CallName.LEDGER;
    }

    @Override
    public long maxAnswer() {
        return SHORT_ANSWER + pageSize * MAX_RECORD;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        String path = "/v1/relay_account/" + requests.signer().address() + "/task_fee?page=" + page + "&page_size="
                + pageSize;
        return CompletableFuture.completedFuture(HttpRequest.newBuilder(requests.uri(path))
                .header("Authorization", "Bearer " + token.value())
                .GET()
                .build());
    }

    @Override
    public LedgerPage read(HttpReply reply) {
        JsonNode data = AnswerReader.data(reply);
        JsonNode rows = data.path("records");
        if (!rows.isArray() && !rows.isNull()) {
            throw new IllegalArgumentException("it has no list of records");
        }
        List<LedgerRecord> records = new ArrayList<>();
        rows.forEach(row -> records.add(record(JsonFields.of(row))));
        return new LedgerPage(JsonFields.of(data).unsigned("total"), List.copyOf(records));
    }

    private static LedgerRecord record(JsonFields row) {
        int type = row.integer("type");
        String reason = row.text("reason");
        String prefix = type + "-";
        return new LedgerRecord(
                row.unsigned("id"),
                row.second("created_at"),
                row.wei("amount"),
                type,
                reason.startsWith(prefix) ? reason.substring(prefix.length()) : "");
    }
}
