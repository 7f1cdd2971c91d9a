// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.web3j.crypto.Hash;

/**
 * A node of a chain with many past events, which it generates on request: ten per task, as the contract emits them. The newest
 * blocks are empty.
 */
final class PastChain {
    static final String CONTRACT = "0x" + "c0".repeat(20);
    /** Name under which polls of the newest block are counted. */
    static final String LOOKS = "eth_getBlockByNumber(latest)";

    static final int EVENTS_PER_TASK = 10;
    private static final int EMPTY_BLOCKS = 300;

    private static final String CREATOR = word("f3".repeat(20));
    private static final String HASH = "5a".repeat(32);
    private static final String NODE = word("70".repeat(20));
    private static final String ZERO = word("0");
    private static final String ROUND = word("1");
    private static final String FEE = word("8ac7230489e80000");
    /** Eight bytes in ABI encoding: offset, length and content. */
    private static final String RESULT = word("20") + word("8") + "5a".repeat(8) + "0".repeat(48);
    /** Text between the last topic and the data. */
    private static final String DATA = "\"],\"data\":\"0x";

    private static final String BLOOM = "0x" + "0".repeat(512);

    private static final String PENDING = topic("TaskPending(uint256,uint256,address,bytes32,bytes32)");
    private static final String STARTED = topic("TaskStarted(uint256,uint256,address,address,bytes32,bytes32,uint256)");
    private static final String COMMITMENTS_READY = topic("TaskResultCommitmentsReady(uint256)");
    private static final String SUCCESS = topic("TaskSuccess(uint256,bytes,address)");
    private static final String UPLOADED = topic("TaskResultUploaded(uint256)");
    private static final String NODE_SUCCESS = topic("TaskNodeSuccess(uint256,address,uint256)");

    /** The events of a task, in order. */
    private static final List<String> TOPICS = List.of(
            PENDING,
            STARTED,
            STARTED,
            STARTED,
            COMMITMENTS_READY,
            SUCCESS,
            UPLOADED,
            NODE_SUCCESS,
            NODE_SUCCESS,
            NODE_SUCCESS);

    private final int events;
    private final int perBlock;
    private final boolean grows;
    private final AtomicLong head;
    private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();

    /** @param grows whether each poll of the newest block finds a new, empty one */
    PastChain(int events, int perBlock, boolean grows) {
        this.events = events;
        this.perBlock = perBlock;
        this.grows = grows;
        this.head = new AtomicLong((events + perBlock - 1) / perBlock + EMPTY_BLOCKS);
    }

    /** The answer to a request or a batch. */
    String answer(JsonNode request) {
        if (!request.isArray()) {
            return one(request);
        }
        StringBuilder answers = new StringBuilder("[");
        for (JsonNode call : request) {
            answers.append(answers.length() == 1 ? "" : ",").append(one(call));
        }
        return answers.append(']').toString();
    }

    private String one(JsonNode call) {
        String method = call.path("method").asText();
        boolean look = call.path("params").path(0).asText().equals("latest");
        calls.computeIfAbsent(look ? LOOKS : method, name -> new AtomicLong()).incrementAndGet();
        String result =
                switch (method) {
                    case "eth_chainId" -> "\"0x539\"";
                    case "eth_getCode" -> "\"0x6000\"";
                    case "eth_getBlockByNumber" ->
                        block(call.path("params").path(0).asText());
                    case "eth_getLogs" -> logs(call.path("params").path(0));
                    case "eth_getTransactionReceipt" -> "null";
                    default -> throw new IllegalArgumentException("The bench's node has no " + method);
                };
        return "{\"jsonrpc\":\"2.0\",\"id\":" + call.path("id") + ",\"result\":" + result + "}";
    }

    private String block(String which) {
        if (which.equals("latest")) {
            return header(grows ? head.incrementAndGet() : head.get());
        }
        long number = number(which);
        return number <= head.get() ? header(number) : "null";
    }

    private static String header(long number) {
        return "{\"number\":\"" + hex(number) + "\",\"hash\":\"" + blockHash(number) + "\",\"parentHash\":\""
                + blockHash(number - 1) + "\",\"timestamp\":\"" + hex(1_700_000_000L + number) + "\",\"logsBloom\":\""
                + BLOOM + "\",\"baseFeePerGas\":\"0x7\",\"gasUsed\":\"0x0\",\"gasLimit\":\"0x1c9c380\","
                + "\"transactions\":[]}";
    }

    private String logs(JsonNode filter) {
        String hash = filter.path("blockHash").asText();
        long from = Math.max(1, hash.isEmpty() ? number(filter.path("fromBlock").asText()) : numberIn(hash));
        long to = hash.isEmpty() ? number(filter.path("toBlock").asText()) : numberIn(hash);
        Set<String> wanted = new HashSet<>();
        filter.path("topics").path(0).forEach(topic -> wanted.add(topic.asText()));
        StringBuilder logs = new StringBuilder("[");
        long last = Math.min(events, to * perBlock);
        for (long i = (from - 1) * perBlock; i < last; i++) {
            if (wanted.isEmpty() || wanted.contains(TOPICS.get((int) (i % EVENTS_PER_TASK)))) {
                logs.append(logs.length() == 1 ? "" : ",");
                log(i, logs);
            }
        }
        return logs.append(']').toString();
    }

    private void log(long index, StringBuilder text) {
        long block = index / perBlock + 1;
        String task = word(Long.toHexString(index / EVENTS_PER_TASK + 1));
        String topic = TOPICS.get((int) (index % EVENTS_PER_TASK));
        text.append("{\"address\":\"")
                .append(CONTRACT)
                .append("\",\"topics\":[\"")
                .append(topic);
        if (topic.equals(PENDING)) {
            text.append("\",\"0x").append(CREATOR).append(DATA).append(task).append(ZERO);
            text.append(HASH).append(HASH);
        } else if (topic.equals(STARTED)) {
            text.append("\",\"0x")
                    .append(CREATOR)
                    .append("\",\"0x")
                    .append(NODE)
                    .append(DATA)
                    .append(task);
            text.append(ZERO).append(HASH).append(HASH).append(ROUND);
        } else if (topic.equals(SUCCESS)) {
            text.append("\",\"0x")
                    .append(task)
                    .append("\",\"0x")
                    .append(NODE)
                    .append(DATA)
                    .append(RESULT);
        } else if (topic.equals(NODE_SUCCESS)) {
            text.append("\",\"0x").append(task).append(DATA).append(NODE).append(FEE);
        } else {
            text.append("\",\"0x").append(task).append(DATA);
        }
        text.append("\",\"blockNumber\":\"").append(hex(block)).append("\",\"blockHash\":\"");
        text.append(blockHash(block)).append("\",\"transactionHash\":\"0x").append(word(Long.toHexString(index)));
        text.append("\",\"transactionIndex\":\"0x0\",\"logIndex\":\"").append(hex(index % perBlock));
        text.append("\",\"removed\":false}");
    }

    private static String blockHash(long number) {
        return "0xb10c" + "0".repeat(44) + String.format("%016x", number);
    }

    private static long numberIn(String blockHash) {
        return Long.parseLong(blockHash.substring(blockHash.length() - 16), 16);
    }

    private static String word(String hex) {
        return "0".repeat(64 - hex.length()) + hex;
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private static long number(String text) {
        return text.equals("earliest") ? 0 : new BigInteger(text.substring(2), 16).longValueExact();
    }

    private static String topic(String signature) {
        return Hash.sha3String(signature);
    }

    /** JSON-RPC calls so far; each call of a batch counts. */
    Map<String, Long> calls() {
        return calls.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().get(), Long::sum, TreeMap::new));
    }
}
