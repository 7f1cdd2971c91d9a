// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

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

/** Run Stable Diffusion and LLM tasks on the Crynux decentralised GPU network, and hear what becomes of them. */
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
                    "What the endpoint does. sd: makes images from a prompt or parameters. gpt: makes texts. sd-ft-lora:"
                            + " fine-tunes an image model by parameters, on deployments that take a gpuName. A route that"
                            + " begins with one of these gets the events of such tasks. events: the events of tasks of any"
                            + " kind. task: an operation on a task. wallet: the balance, and warnings before it runs out."
                            + " network: how many nodes and tasks there are")
    @Metadata(required = true)
    private final String kind;

    @UriParam
    private CrynuxConfiguration configuration;

    private final EndpointKind endpointKind;

    /** The options that its URI sets. */
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
        OptionRules.checkProducer(endpointKind, givenOptions);
        OptionRanges.check(endpointKind, configuration, OptionRules.producerOptions(endpointKind));
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
        OptionRules.checkConsumer(endpointKind, givenOptions);
        OptionRanges.check(endpointKind, configuration, OptionRules.consumerOptions(endpointKind));
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

    public CrynuxConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(CrynuxConfiguration configuration) {
        this.configuration = configuration;
    }
}
