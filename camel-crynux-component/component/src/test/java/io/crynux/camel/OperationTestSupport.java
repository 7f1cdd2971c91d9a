// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.ChainNetwork;
import io.crynux.client.CrynuxClient;
import io.crynux.client.task.SdParameters;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import io.crynux.client.wallet.Wallets;
import io.crynux.devnet.DevnetAccount;
import io.crynux.devnet.contract.NodeStatus;
import io.crynux.devnet.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;

/** A route for each operation, and tasks that other programs create. */
abstract class OperationTestSupport extends CrynuxTestSupport {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Until the first message comes nobody else is in the way of the wallet. */
    @Override
    void configure(CrynuxComponent crynux) {
        crynux.setLazyStartProducer(true);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:status").to("crynux:task?operation=status");
                from("direct:result").to("crynux:task?operation=result&taskTimeout=30s");
                from("direct:cancel").to("crynux:task?operation=cancel&taskTimeout=30s");
                from("direct:resume").to("crynux:task?operation=resume&taskTimeout=30s");
                from("direct:resumeCreated").to("crynux:task?operation=resume&taskTimeout=30s&waitFor=created");
                from("direct:created").to("crynux:sd?waitFor=created&numImages=2");
                from("direct:prepare").to("crynux:gpt?waitFor=prepared");
                from("direct:sd").to("crynux:sd?numImages=2");
                from("direct:sdTwice").to("crynux:sd?numImages=2&maxAttempts=2");
            }
        };
    }

    Exchange ask(String operation, Object taskId) {
        return template.request("direct:" + operation, e -> e.getMessage().setHeader(CrynuxConstants.TASK_ID, taskId));
    }

    static String lower(DevnetAccount account) {
        return account.address().toLowerCase(Locale.ROOT);
    }

    /** Nodes take no tasks from now on. */
    Fault pauseNodes() {
        Fault pause = devnet.faults().nodes().pause();
        await().atMost(Duration.ofSeconds(20)).until(() -> devnet.nodes().stream()
                .noneMatch(node -> devnet.chain().nodeStatus(node.address()) == NodeStatus.AVAILABLE));
        return pause;
    }

    static List<?> images(Exchange out) {
        return out.getMessage().getBody(List.class);
    }

    JsonNode json(Exchange out) throws Exception {
        assertThat(out.getException()).isNull();
        return JSON.readTree(out.getMessage().getBody(String.class));
    }

    /** A task of another program with that wallet, which ends before the task does. */
    TaskResult elsewhere(DevnetAccount account, WaitFor waitFor) throws Exception {
        try (CrynuxClient other = CrynuxClient.builder()
                .network(ChainNetwork.builder()
                        .rpcUrl(devnet.rpcUrl())
                        .relayUrl(devnet.relayUrl())
                        .contractAddress(devnet.contractAddress())
                        .pollInterval(Duration.ofMillis(50))
                        .build())
                .signer(Wallets.ofPrivateKey(account.privateKey()))
                .build()) {
            return other.submit(TaskRequest.builder(SdParameters.builder("a windmill")
                                    .numImages(2)
                                    .build())
                            .fee("30")
                            .waitFor(waitFor)
                            .build())
                    .get(30, TimeUnit.SECONDS);
        }
    }
}
