// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.DevnetAccount;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** Does what a wallet in a browser does with eth_sendTransaction. */
public final class BrowserWallet {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BigInteger GWEI = BigInteger.TEN.pow(9);

    private BrowserWallet() {}

    /** The hash of the transaction, the account's first. */
    public static String send(String rpcUrl, DevnetAccount account, JsonNode transaction) throws Exception {
        RawTransaction raw = RawTransaction.createTransaction(
                Numeric.decodeQuantity(transaction.path("chainId").asText()).longValueExact(),
                BigInteger.ZERO,
                Numeric.decodeQuantity(transaction.path("gas").asText()),
                transaction.path("to").asText(),
                Numeric.decodeQuantity(transaction.path("value").asText()),
                transaction.path("data").asText(),
                GWEI,
                GWEI.multiply(BigInteger.valueOf(3)));
        String signed = Numeric.toHexString(TransactionEncoder.signMessage(raw, account.credentials()));
        ObjectNode request =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", "eth_sendRawTransaction");
        request.putArray("params").add(signed);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(rpcUrl))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(answer.body()).path("result").asText();
    }
}
