// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.protocol.Service;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.exceptions.TransactionException;
import org.web3j.tx.FastRawTransactionManager;
import org.web3j.tx.response.PollingTransactionReceiptProcessor;
import org.web3j.utils.Convert;
import org.web3j.utils.Numeric;

/** Creates tasks with web3j: a transaction manager that counts nonces, and a processor that polls for receipts. */
final class NaiveChain {
    private static final String PENDING = Hash.sha3String("TaskPending(uint256,uint256,address,bytes32,bytes32)");
    private static final BigInteger GAS_LIMIT = BigInteger.valueOf(1_500_000);
    private static final BigInteger TIP = Convert.toWei("1", Convert.Unit.GWEI).toBigInteger();
    private static final BigInteger MAX_FEE =
            Convert.toWei("3", Convert.Unit.GWEI).toBigInteger();
    private static final BigInteger FEE =
            Convert.toWei(ImageTask.FEE, Convert.Unit.ETHER).toBigInteger();
    private static final int ATTEMPTS = 600;
    private static final byte[] NO_DATA = new byte[32];

    private final NetworkAddress network;
    private final FastRawTransactionManager transactions;
    private final PollingTransactionReceiptProcessor receipts;

    NaiveChain(NetworkAddress network, Credentials wallet, Duration pollInterval) {
        this.network = network;
        Web3j web3j = Web3j.build(new BlockingHttp(network.rpcUrl()));
        this.receipts = new PollingTransactionReceiptProcessor(web3j, pollInterval.toMillis(), ATTEMPTS);
        this.transactions = new FastRawTransactionManager(web3j, wallet, network.chainId(), receipts);
    }

    /** web3j's own HttpService does the same with OkHttp. */
    private static final class BlockingHttp extends Service {
        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final URI url;

        BlockingHttp(String url) {
            super(false);
            this.url = URI.create(url);
        }

        @Override
        protected InputStream performIO(String payload) throws IOException {
            HttpRequest request = HttpRequest.newBuilder(url)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(payload))
                    .build();
            try {
                return new ByteArrayInputStream(http.send(request, HttpResponse.BodyHandlers.ofByteArray())
                        .body());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        @Override
        public void close() {
            // The HTTP client ends with the process.
        }
    }

    /** Creates a task, waits for its block and returns its id. */
    long createTask(String parameters) throws IOException, TransactionException {
        byte[] taskHash = Hash.sha3(parameters.getBytes(StandardCharsets.UTF_8));
        Function createTask = new Function(
                "createTask",
                List.of(
                        new Uint256(0),
                        new Bytes32(taskHash),
                        new Bytes32(NO_DATA),
                        new Uint256(ImageTask.VRAM_LIMIT),
                        new Uint256(1)),
                List.of());
        EthSendTransaction sent = transactions.sendEIP1559Transaction(
                network.chainId(),
                TIP,
                MAX_FEE,
                GAS_LIMIT,
                network.contract(),
                FunctionEncoder.encode(createTask),
                FEE);
        if (sent.hasError()) {
            throw new IOException(sent.getError().getMessage());
        }
        TransactionReceipt receipt = receipts.waitForTransactionReceipt(sent.getTransactionHash());
        for (Log log : receipt.getLogs()) {
            if (log.getTopics().get(0).equals(PENDING)) {
                return Numeric.toBigInt(log.getData().substring(0, 66)).longValueExact();
            }
        }
        throw new IOException("The task was not created: " + receipt);
    }
}
