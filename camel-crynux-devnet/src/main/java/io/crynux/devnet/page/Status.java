// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.page;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.crynux.devnet.board.TaskState;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * The state of a devnet, as {@code GET /devnet/status} reports it. Amounts are wei in decimal strings, since JSON's numbers are
 * not read exactly everywhere; times are milliseconds since 1970 by the computer's clock unless they say otherwise.
 *
 * @param devnet another one for each start
 */
record Status(
        String devnet,
        long startedAt,
        long now,
        Chain chain,
        Tasks tasks,
        Nodes nodes,
        Wallets wallets,
        List<FaultOn> faults,
        Requests requests) {

    /**
     * The chain.
     *
     * @param blockTime in milliseconds; 0 where every transaction makes a block
     * @param waiting transactions that wait for a block
     * @param blocks the newest first, each followed by those it has replaced
     */
    record Chain(
            long id,
            String rpcUrl,
            String relayUrl,
            String contract,
            long height,
            long blockTime,
            boolean paused,
            int waiting,
            @JsonSerialize(using = ToStringSerializer.class) BigInteger baseFee,
            List<BlockBoard.Shown> blocks) {}

    /**
     * The tasks.
     *
     * @param byState how many there are in each state, all since the start
     * @param newest those with the highest ids, the highest first
     */
    record Tasks(long total, Map<TaskState, Long> byState, List<Task> newest) {}

    /** One task; what is not known yet is null. */
    record Task(
            @JsonSerialize(using = ToStringSerializer.class) BigInteger id,
            String kind,
            TaskState state,
            String abortReason,
            String creator,
            @JsonSerialize(using = ToStringSerializer.class) BigInteger fee,
            List<String> nodes,
            String resultNode,
            String transaction,
            long block,
            long createdAt,
            Long startedAt,
            Long resultAt,
            Long endedAt,
            boolean parametersUploaded,
            String model,
            String prompt,
            String answer,
            int files) {}

    record Nodes(int total, List<Node> list) {}

    /** A node; {@code task} is null while it has none. */
    record Node(
            String address,
            String status,
            String gpu,
            int vram,
            @JsonSerialize(using = ToStringSerializer.class) BigInteger balance,
            String task) {}

    record Wallets(int total, List<Wallet> list) {}

    record Wallet(String address, @JsonSerialize(using = ToStringSerializer.class) BigInteger balance, long nonce) {}

    /**
     * A fault that is on.
     *
     * @param left hits left, null without a limit
     * @param endsIn milliseconds that it still lasts, null for no limit
     */
    record FaultOn(long id, String name, long hits, Long left, Long endsIn) {}

    record Requests(RequestRates.Rates rpc, RequestRates.Rates relay) {}
}
