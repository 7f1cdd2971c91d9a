// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.fake.RelayCalls;
import io.crynux.devnet.fake.Signer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** A creator of tasks written for tests by hand: knows the devnet by its two URLs only. */
final class Creator {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BigInteger CNX = BigInteger.TEN.pow(18);

    private final HttpClient http = HttpClient.newHttpClient();
    private final CrynuxDevnet devnet;
    private final DevnetAccount account;
    private final RelayCalls relay;

    Creator(CrynuxDevnet devnet, int index) {
        this.devnet = devnet;
        this.account = devnet.account(index);
        this.relay = new RelayCalls(devnet.relayUrl());
    }

    Signer signer() {
        return new Signer(account.credentials());
    }

    RelayCalls relay() {
        return relay;
    }

    /** Creates a task by the call with five arguments, and returns its id. */
    long createTask(int type, String args, long vramLimit, long cap) {
        return taskId(sendTask(type, args, vramLimit, cap));
    }

    /** Sends the call with five arguments, and returns the transaction's hash. */
    String sendTask(int type, String args, long vramLimit, long cap) {
        return send("0x043b438f" + word(type) + hash(args) + word(0) + word(vramLimit) + word(cap));
    }

    /** Creates a task by the call with seven arguments, for nodes with any GPU. */
    long createTaskOnGpu(int type, String args, long vramLimit, long cap, String gpuName, long gpuVram) {
        String name =
                Numeric.toHexString(gpuName.getBytes(StandardCharsets.UTF_8)).substring(2);
        String data = "0xb8300eaa" + word(type) + hash(args) + word(0) + word(vramLimit) + word(cap) + word(7 * 32)
                + word(gpuVram) + word(name.length() / 2) + name + "0".repeat((64 - name.length() % 64) % 64);
        return taskId(send(data));
    }

    /** Uploads the parameters, again and again until the Relay knows the task. */
    void upload(long taskId, String args) {
        until("upload", () -> relay.upload(signer(), taskId, args).status() == 200);
    }

    /** Waits for an event of the task, by the first topic and the id as the second. */
    JsonNode awaitEvent(String signature, long taskId) {
        var found = new ArrayList<JsonNode>();
        until(signature, () -> {
            logs(Hash.sha3String(signature), "0x" + word(taskId)).forEach(found::add);
            return !found.isEmpty();
        });
        return found.get(0);
    }

    byte[] download(long taskId, int index) {
        RelayCalls.Answer answer = relay.result(signer(), taskId, Integer.toString(index));
        if (answer.status() != 200) {
            throw new AssertionError(answer.text());
        }
        return answer.body();
    }

    JsonNode rpc(String method, Object... params) {
        try {
            String body = JSON.writeValueAsString(
                    Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(params)));
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(URI.create(devnet.rpcUrl()))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            JsonNode answer = JSON.readTree(response.body());
            if (answer.has("error")) {
                throw new AssertionError(answer.toString());
            }
            return answer.path("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String send(String data) {
        BigInteger nonce = Numeric.decodeQuantity(
                rpc("eth_getTransactionCount", account.address(), "pending").asText());
        BigInteger gwei = BigInteger.TEN.pow(9);
        RawTransaction transaction = RawTransaction.createTransaction(
                devnet.chainId(),
                nonce,
                BigInteger.valueOf(2_000_000),
                devnet.contractAddress(),
                CNX.multiply(BigInteger.valueOf(30)),
                data,
                gwei,
                gwei.multiply(BigInteger.TEN));
        return rpc(
                        "eth_sendRawTransaction",
                        Numeric.toHexString(TransactionEncoder.signMessage(transaction, account.credentials())))
                .asText();
    }

    /** Waits for the transaction's block, and returns the id of the task that it has created. */
    long taskId(String transaction) {
        var receipts = new ArrayList<JsonNode>();
        until("receipt", () -> {
            JsonNode receipt = rpc("eth_getTransactionReceipt", transaction);
            receipts.add(receipt);
            return receipt.isObject();
        });
        JsonNode receipt = receipts.get(receipts.size() - 1);
        String pending = Hash.sha3String("TaskPending(uint256,uint256,address,bytes32,bytes32)");
        for (JsonNode log : receipt.path("logs")) {
            if (log.path("topics").path(0).asText().equals(pending)) {
                return Long.parseLong(log.path("data").asText().substring(2, 66), 16);
            }
        }
        throw new AssertionError("createTask failed: " + receipt);
    }

    private JsonNode logs(String... topics) {
        return rpc(
                "eth_getLogs",
                Map.of("address", devnet.contractAddress(), "fromBlock", "0x0", "toBlock", "latest", "topics", topics));
    }

    private static void until(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    private static String word(long number) {
        return Numeric.toHexStringNoPrefixZeroPadded(BigInteger.valueOf(number), 64);
    }

    private static String hash(String args) {
        return Numeric.toHexStringNoPrefix(Hash.sha3(args.getBytes(StandardCharsets.UTF_8)));
    }
}
