// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.CrynuxDevnetBuilder;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;

/**
 * A quick devnet, and a component on it; routes are written as a user would. Below {@link OnScriptedNetwork} it is a scripted
 * network.
 */
abstract class CrynuxTestSupport extends CamelTestSupport {
    TestNetwork testNetwork;
    /** Null on a scripted network. */
    CrynuxDevnet devnet;

    /** Override for a devnet that differs. */
    CrynuxDevnetBuilder network() {
        return quickDevnet();
    }

    static CrynuxDevnetBuilder quickDevnet() {
        return CrynuxDevnet.builder()
                .blockTime(Duration.ofMillis(100))
                .relayLag(Duration.ofMillis(50))
                .workTime(Duration.ofMillis(50));
    }

    /** Override for a scripted network that differs. */
    void script(ScriptedTestNetwork network) {}

    /** Override for a component that differs; what is set here is what a user sets. */
    void configure(CrynuxComponent crynux) {}

    @Override
    protected CamelContext createCamelContext() throws Exception {
        startNetwork();
        CamelContext context = super.createCamelContext();
        CrynuxComponent crynux = new CrynuxComponent();
        testNetwork.connect(crynux);
        crynux.getConfiguration().setTaskFee("30");
        crynux.setShutdownGrace(500);
        configure(crynux);
        context.addComponent("crynux", crynux);
        return context;
    }

    private void startNetwork() {
        if (isScripted(getClass())) {
            ScriptedTestNetwork scripted = new ScriptedTestNetwork();
            script(scripted);
            testNetwork = scripted;
        } else {
            devnet = network().start();
            testNetwork = new DevnetNetwork(devnet, 0);
        }
    }

    /** Whether the tests of that class run on a scripted network. */
    static boolean isScripted(Class<?> tests) {
        Class<?> outer = tests.getEnclosingClass();
        return outer != null && outer.isAnnotationPresent(OnScriptedNetwork.class);
    }

    /** How many tasks the account has paid or tried to pay. */
    long payments() throws Exception {
        return testNetwork.payments();
    }

    /** How many transactions the wallet has sent and has waiting. */
    long nonce() throws Exception {
        return nonceOn(devnet);
    }

    /** How many transactions the first account of a network has sent and has waiting. */
    static long nonceOn(CrynuxDevnet devnet) throws Exception {
        return nonceOn(devnet, devnet.account(0).address());
    }

    /** How many transactions an address has sent and has waiting. */
    static long nonceOn(CrynuxDevnet devnet, String address) throws Exception {
        String request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getTransactionCount\",\"params\":[\"" + address
                + "\",\"pending\"]}";
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(devnet.rpcUrl()))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(request))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        return Long.decode(
                new ObjectMapper().readTree(answer.body()).get("result").textValue());
    }

    boolean relayHasParameters(long taskId) {
        return testNetwork.hasParameters(taskId);
    }

    @AfterEach
    void stopNetwork() {
        testNetwork.close();
    }
}
