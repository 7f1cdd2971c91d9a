// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import io.crynux.camel.CrynuxComponent;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.state.MemoryStateRepository;

/** A route that starts with the contract's events, of all tasks. */
final class EventRoute implements AutoCloseable {
    private final DefaultCamelContext camel = new DefaultCamelContext();

    /**
     * @param rpcUrl of the node; several, separated by commas, if one is a WebSocket URL
     * @param options of the endpoint, such as {@code startBlock=earliest}
     * @param offsets whether the route stores its position
     */
    EventRoute(String rpcUrl, String contract, long pollMillis, String options, boolean offsets, Processor first)
            throws Exception {
        CrynuxComponent crynux = new CrynuxComponent();
        crynux.setRpcUrl(rpcUrl);
        crynux.setContractAddress(contract);
        crynux.setPollInterval(pollMillis);
        camel.addComponent("crynux", crynux);
        camel.getRegistry().bind("offsets", new MemoryStateRepository());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("crynux:events?" + options + (offsets ? "&offsetRepository=#offsets" : ""))
                        .process(first);
            }
        });
    }

    /** Returns after the first poll of the chain. */
    void start() {
        camel.start();
    }

    @Override
    public void close() {
        camel.stop();
    }
}
