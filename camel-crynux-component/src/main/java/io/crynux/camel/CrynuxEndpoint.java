// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Run Stable Diffusion and LLM tasks on the Crynux decentralised GPU network. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "crynux",
        title = "Crynux",
        syntax = "crynux:kind",
        producerOnly = true,
        category = {Category.AI, Category.BLOCKCHAIN},
        headersClass = CrynuxConstants.class)
public class CrynuxEndpoint extends DefaultEndpoint {

    @UriPath(
            enums = "sd,gpt,sd-ft-lora",
            description =
                    "What the endpoint does. sd: makes images from a prompt or parameters. gpt: makes texts. sd-ft-lora:"
                            + " fine-tunes an image model by parameters, on deployments that take a gpuName")
    @Metadata(required = true)
    private final String kind;

    @UriParam
    private CrynuxConfiguration configuration;

    private final EndpointKind endpointKind;

    CrynuxEndpoint(String uri, CrynuxComponent component, EndpointKind kind, CrynuxConfiguration configuration) {
        super(uri, component);
        this.endpointKind = kind;
        this.kind = kind.path();
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() throws Exception {
        return new CrynuxProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("crynux:" + kind + " cannot be consumed from");
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
