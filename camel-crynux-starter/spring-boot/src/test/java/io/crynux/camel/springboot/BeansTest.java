// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.camel.CrynuxComponent;
import io.crynux.camel.CrynuxConfiguration;
import io.crynux.client.journal.InMemoryTaskJournal;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.wallet.Signer;
import io.crynux.client.wallet.Wallets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Beans of the application: found by type or by name, and the component itself. */
class BeansTest {
    private static final String KEY = "0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    CamelAutoConfiguration.class,
                    CrynuxComponentAutoConfiguration.class,
                    CrynuxComponentConverter.class));

    @Test
    void theOnlySignerAndJournalAreUsedWithoutAProperty() {
        application
                .withBean(Signer.class, () -> Wallets.ofPrivateKey(KEY))
                .withBean(TaskJournal.class, InMemoryTaskJournal::new)
                .run(context -> {
                    CrynuxComponent crynux = crynux(context, "crynux");
                    assertThat(crynux.getSigner()).isSameAs(context.getBean(Signer.class));
                    assertThat(crynux.getTaskJournal()).isSameAs(context.getBean(TaskJournal.class));
                });
    }

    @Test
    void aPropertyNamesAJournalOfFiles() {
        application
                .withPropertyValues("camel.component.crynux.task-journal=file:target/journal")
                .run(context -> assertThat(crynux(context, "crynux").getTaskJournal())
                        .hasToString("FileTaskJournal[target/journal]"));
    }

    @Test
    void ofSeveralThePropertyNamesOne() {
        application
                .withBean("hsm", Signer.class, () -> Wallets.ofPrivateKey(KEY))
                .withBean("spare", Signer.class, () -> Wallets.ofPrivateKey(KEY))
                .withBean("pool", ExecutorService.class, ForkJoinPool::commonPool)
                .withBean("offsets", StateRepository.class, MemoryStateRepository::new)
                .withPropertyValues(
                        "camel.component.crynux.signer=#bean:hsm",
                        "camel.component.crynux.worker-pool=#pool",
                        "camel.component.crynux.offset-repository=#bean:offsets")
                .run(context -> {
                    CrynuxComponent crynux = crynux(context, "crynux");
                    assertThat(crynux.getSigner()).isSameAs(context.getBean("hsm"));
                    assertThat(crynux.getWorkerPool()).isSameAs(context.getBean("pool"));
                    assertThat(crynux.getConfiguration().getOffsetRepository()).isSameAs(context.getBean("offsets"));
                });
    }

    @Test
    void optionsOfEndpointsAreSetOnTheConfigurationThatIsABean() {
        CrynuxConfiguration defaults = new CrynuxConfiguration();
        defaults.setModel("own/model");
        application
                .withBean("defaults", CrynuxConfiguration.class, () -> defaults)
                .withPropertyValues(
                        "camel.component.crynux.configuration=#bean:defaults", "camel.component.crynux.steps=9")
                .run(context -> {
                    assertThat(crynux(context, "crynux").getConfiguration()).isSameAs(defaults);
                    assertThat(defaults.getSteps()).isEqualTo(9);
                });
    }

    @Test
    void aComponentThatIsABeanKeepsWhatNoPropertySets() {
        CrynuxComponent own = new CrynuxComponent();
        own.setMaxInFlight(9);
        own.setRpcUrl("http://127.0.0.1:1");
        application
                .withBean("crynux", CrynuxComponent.class, () -> own)
                .withPropertyValues("camel.component.crynux.rpc-url=http://127.0.0.1:2")
                .run(context -> {
                    assertThat(crynux(context, "crynux")).isSameAs(own);
                    assertThat(own.getMaxInFlight()).isEqualTo(9);
                    assertThat(own.getRpcUrl()).isEqualTo("http://127.0.0.1:2");
                });
    }

    @Test
    void aSecondComponentIsAnotherNetworkAndGetsNoneOfTheProperties() {
        CrynuxComponent second = new CrynuxComponent();
        second.setRpcUrl("http://127.0.0.1:1");
        application
                .withBean("staging", CrynuxComponent.class, () -> second)
                .withPropertyValues(
                        "camel.component.crynux.rpc-url=http://127.0.0.1:2",
                        "camel.component.crynux.private-key=" + KEY)
                .run(context -> {
                    assertThat(crynux(context, "staging")).isSameAs(second);
                    assertThat(second.getRpcUrl()).isEqualTo("http://127.0.0.1:1");
                    assertThat(second.getPrivateKey()).isNull();
                    assertThat(crynux(context, "crynux").getPrivateKey()).isEqualTo(KEY);
                });
    }

    @Test
    void aCustomizerOfTheApplicationHasItsSay() {
        application
                .withBean(ComponentCustomizer.class, () -> new ComponentCustomizer() {
                    @Override
                    public void configure(String name, Component target) {
                        ((CrynuxComponent) target).setMaxInFlight(3);
                    }

                    @Override
                    public boolean isEnabled(String name, Component target) {
                        return target instanceof CrynuxComponent;
                    }
                })
                .run(context ->
                        assertThat(crynux(context, "crynux").getMaxInFlight()).isEqualTo(3));
    }

    @Test
    void theAutoConfigurationCanBeSwitchedOff() {
        application
                .withPropertyValues(
                        "camel.component.crynux.customizer.enabled=false",
                        "camel.component.crynux.rpc-url=http://127.0.0.1:2")
                .run(context ->
                        assertThat(crynux(context, "crynux").getRpcUrl()).isNull());
        application.withPropertyValues("camel.component.crynux.enabled=false").run(context -> assertThat(context)
                .doesNotHaveBean(CrynuxComponentAutoConfiguration.class));
    }

    private static CrynuxComponent crynux(ApplicationContext context, String name) {
        return context.getBean(CamelContext.class).getComponent(name, CrynuxComponent.class);
    }
}
