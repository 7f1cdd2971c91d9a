// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** A chain behind the JSON-RPC of a node that others run. */
final class RemoteAccess implements ChainAccess {
    private static final BigInteger GAS_LIMIT = BigInteger.valueOf(3_000_000);
    static final BigInteger DEPLOYMENT_GAS_LIMIT = BigInteger.valueOf(8_000_000);
    private static final BigInteger PRIORITY_FEE = BigInteger.TEN.pow(9);

    private final JsonRpc rpc;
    private final long chainId;
    /** One lock per sender: between reading its nonce and sending nobody else may take the nonce. */
    private final Map<String, Object> senders = new ConcurrentHashMap<>();
    /** Relay and nodes see a reorganisation from here as a whole, and take no nonce that it has just freed. */
    private final ReadWriteLock whole = new ReentrantReadWriteLock();

    RemoteAccess(JsonRpc rpc, long chainId) {
        this.rpc = rpc;
        this.chainId = chainId;
    }

    /** Runs a change that readers of the chain see completely or not at all. */
    void asAWhole(Runnable work) {
        whole.writeLock().lock();
        try {
            work.run();
        } finally {
            whole.writeLock().unlock();
        }
    }

    private <T> T seen(Supplier<T> action) {
        whole.readLock().lock();
        try {
            return action.get();
        } finally {
            whole.readLock().unlock();
        }
    }

    @Override
    public Head head() {
        JsonNode block = seen(() -> rpc.call("eth_getBlockByNumber", "latest", false));
        return new Head(
                JsonRpc.quantity(block.path("number")).longValueExact(),
                block.path("hash").asText(),
                JsonRpc.quantity(block.path("timestamp")).longValueExact());
    }

    @Override
    public List<EventLog> logs(String address, long fromBlock, long toBlock) {
        JsonNode found = seen(() -> rpc.call(
                "eth_getLogs",
                Map.of("address", address, "fromBlock", JsonRpc.hex(fromBlock), "toBlock", JsonRpc.hex(toBlock))));
        List<EventLog> logs = new ArrayList<>();
        found.forEach(log -> logs.add(eventLog(log)));
        return logs;
    }

    private static EventLog eventLog(JsonNode log) {
        List<String> topics = new ArrayList<>();
        log.path("topics").forEach(topic -> topics.add(topic.asText()));
        return new EventLog(
                log.path("address").asText().toLowerCase(Locale.ROOT),
                topics,
                log.path("data").asText(),
                JsonRpc.quantity(log.path("blockNumber")).longValueExact(),
                log.path("blockHash").asText(),
                log.path("transactionHash").asText(),
                JsonRpc.quantity(log.path("logIndex")).intValueExact());
    }

    @Override
    public String call(String to, String data) {
        return seen(() ->
                rpc.call("eth_call", Map.of("to", to, "data", data), "latest").asText());
    }

    @Override
    public String send(Credentials sender, String to, String data, BigInteger value) {
        return seen(() -> send(sender, to, data, value, GAS_LIMIT));
    }

    /** Sends a transaction that makes a contract. */
    String deploy(Credentials sender, String code) {
        return send(sender, "", code, BigInteger.ZERO, DEPLOYMENT_GAS_LIMIT);
    }

    private String send(Credentials sender, String to, String data, BigInteger value, BigInteger gasLimit) {
        JsonNode baseFee = rpc.call("eth_getBlockByNumber", "latest", false).path("baseFeePerGas");
        synchronized (senders.computeIfAbsent(sender.getAddress(), address -> new Object())) {
            BigInteger nonce = nonce(sender.getAddress(), "pending");
            // A chain from before EIP-1559 has no base fee.
            RawTransaction transaction = baseFee.isMissingNode()
                    ? RawTransaction.createTransaction(nonce, rpc.quantity("eth_gasPrice"), gasLimit, to, value, data)
                    : RawTransaction.createTransaction(
                            chainId,
                            nonce,
                            gasLimit,
                            to,
                            value,
                            data,
                            PRIORITY_FEE,
                            // Room for a base fee that rises while the transaction waits.
                            JsonRpc.quantity(baseFee).shiftLeft(1).add(PRIORITY_FEE));
            byte[] signed = baseFee.isMissingNode()
                    ? TransactionEncoder.signMessage(transaction, chainId, sender)
                    : TransactionEncoder.signMessage(transaction, sender);
            return rpc.call("eth_sendRawTransaction", Numeric.toHexString(signed))
                    .asText();
        }
    }

    private BigInteger nonce(String address, String block) {
        return rpc.quantity("eth_getTransactionCount", address, block);
    }

    @Override
    public Optional<Boolean> succeeded(String transactionHash) {
        return seen(() -> receipt(transactionHash)).map(RemoteAccess::succeeded);
    }

    Optional<JsonNode> receipt(String transactionHash) {
        return Optional.of(rpc.call("eth_getTransactionReceipt", transactionHash))
                .filter(JsonNode::isObject);
    }

    private static boolean succeeded(JsonNode receipt) {
        return JsonRpc.quantity(receipt.path("status")).signum() != 0;
    }

    @Override
    public Fate fate(String transactionHash) {
        return seen(() -> fateNow(transactionHash));
    }

    private Fate fateNow(String transactionHash) {
        Optional<JsonNode> receipt = receipt(transactionHash);
        if (receipt.isPresent()) {
            return fate(receipt.get());
        }
        JsonNode transaction = rpc.call("eth_getTransactionByHash", transactionHash);
        if (!transaction.isObject()) {
            return new Fate(Fate.Kind.UNKNOWN, "");
        }
        BigInteger next = nonce(transaction.path("from").asText(), "pending");
        // A transaction that was mined since the receipt was requested is reported the next time.
        boolean waits = transaction.path("blockHash").isTextual()
                || JsonRpc.quantity(transaction.path("nonce")).compareTo(next) < 0;
        return new Fate(waits ? Fate.Kind.WAITING : Fate.Kind.UNKNOWN, "");
    }

    private Fate fate(JsonNode receipt) {
        return succeeded(receipt)
                ? new Fate(Fate.Kind.SUCCEEDED, "")
                : new Fate(
                        Fate.Kind.REVERTED,
                        reason(receipt.path("transactionHash").asText()));
    }

    /** Calls again what failed; it has changed nothing, so that the state after its block is the one to call it on. */
    private String reason(String transactionHash) {
        JsonNode failed = rpc.call("eth_getTransactionByHash", transactionHash);
        if (!failed.path("blockNumber").isTextual()) {
            return "";
        }
        try {
            rpc.call(
                    "eth_call",
                    Map.of(
                            "from", failed.path("from"),
                            "to", failed.path("to"),
                            "value", failed.path("value"),
                            "gas", failed.path("gas"),
                            "data", failed.path("input")),
                    failed.path("blockNumber"));
            return "";
        } catch (ChainAccessException e) {
            return e.getMessage();
        }
    }
}
