// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot.devnet;

import io.crynux.devnet.CrynuxDevnet;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/** Equal ones share their context, and with it the network. */
record DevnetContextCustomizer(int nodes, Duration blockTime, Duration relayLag, Duration workTime)
        implements ContextCustomizer {

    static DevnetContextCustomizer of(EnableCrynuxDevnet annotation) {
        return new DevnetContextCustomizer(
                annotation.nodes(),
                DurationStyle.detectAndParse(annotation.blockTime()),
                DurationStyle.detectAndParse(annotation.relayLag()),
                DurationStyle.detectAndParse(annotation.workTime()));
    }

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
        new CrynuxDevnetInitializer(CrynuxDevnet.builder()
                        .nodes(nodes)
                        .blockTime(blockTime)
                        .relayLag(relayLag)
                        .workTime(workTime))
                .initialize(context);
        context.getEnvironment()
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "crynuxDevnetDefaults",
                        Map.of(
                                "camel.component.crynux.poll-interval", "50ms",
                                "camel.component.crynux.finality", "2")));
    }
}
