// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.time.Duration;
import java.util.Set;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Run Stable Diffusion and LLM tasks on the Crynux decentralised GPU network, and consume their events. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "crynux",
        title = "Crynux",
        syntax = "crynux:kind",
        category = {Category.AI, Category.BLOCKCHAIN},
        headersClass = CrynuxConstants.class)
public class CrynuxEndpoint extends DefaultEndpoint {

    @UriPath(
            enums = "sd,gpt,sd-ft-lora,events,task,wallet,network",
            description =
                    "Kind of the endpoint. sd: generates images from a prompt or parameters. gpt: generates text. sd-ft-lora:"
                            + " fine-tunes an image model, on contracts that accept a gpuName. A route from one of these"
                            + " kinds consumes the events of such tasks. events: consumes the events of tasks of any kind."
                            + " task: runs an operation on a task. wallet: reads the balance, or consumes warnings when it"
                            + " is low. network: reads the numbers of nodes and tasks")
    @Metadata(required = true)
    private final String kind;

    @UriParam
    private CrynuxConfiguration configuration;

    private final EndpointKind endpointKind;

    /** Options that the URI sets. */
    private final Set<String> givenOptions;

    CrynuxEndpoint(
            String uri,
            CrynuxComponent component,
            EndpointKind kind,
            CrynuxConfiguration configuration,
            Set<String> givenOptions) {
        super(uri, component);
        this.endpointKind = kind;
        this.kind = kind.path();
        this.configuration = configuration;
        this.givenOptions = givenOptions;
    }

    @Override
    public Producer createProducer() throws Exception {
        endpointKind.requireProducer();
        OptionChecks.checkProducer(this, givenOptions);
        return SkippedProducer.unlessSkipped(this, producer());
    }

    private Producer producer() {
        return switch (endpointKind) {
            case SD, GPT, SD_FT_LORA ->
                WaitForOption.of(configuration.getWaitFor()).isPrepared()
                        ? new PrepareProducer(this)
                        : new CrynuxProducer(this);
            case TASK -> TaskOperation.of(configuration.getOperation()).producer(this);
            case WALLET -> new WalletProducer(this);
            case NETWORK -> new NetworkProducer(this);
            case EVENTS -> throw new IllegalStateException("crynux:" + kind + " has no producer");
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        endpointKind.requireConsumer();
        OptionChecks.checkConsumer(this, givenOptions);
        Consumer consumer =
                switch (endpointKind) {
                    case SD, GPT, SD_FT_LORA, EVENTS -> new EventConsumer(this, processor);
                    case WALLET -> new WalletConsumer(this, processor);
                    default -> throw new IllegalStateException("crynux:" + kind + " has no consumer");
                };
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public CrynuxComponent getComponent() {
        return (CrynuxComponent) super.getComponent();
    }

    public String getKind() {
        return kind;
    }

    EndpointKind endpointKind() {
        return endpointKind;
    }

    /** The time to wait for a task: the option, or the protocol's default. */
    Duration taskTimeout() {
        Duration set = configuration.getTaskTimeout();
        return set != null
                ? set
                : OptionTable.timeOf("taskTimeout", getComponent().protocol());
    }

    public CrynuxConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(CrynuxConfiguration configuration) {
        this.configuration = configuration;
    }
}
