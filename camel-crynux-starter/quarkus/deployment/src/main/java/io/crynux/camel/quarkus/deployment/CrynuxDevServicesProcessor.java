// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus.deployment;

import io.crynux.camel.quarkus.CrynuxDevUi;
import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;
import io.quarkus.runtime.configuration.ConfigUtils;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.util.StringHelper;
import org.jboss.logging.Logger;

/** In dev and test mode, a devnet for an application without a network. */
@BuildSteps(onlyIf = {IsDevServicesSupportedByLaunchMode.class, DevServicesConfig.Enabled.class})
class CrynuxDevServicesProcessor {
    private static final Logger LOG = Logger.getLogger(CrynuxDevServicesProcessor.class);
    private static final String PREFIX = "camel.component.crynux.";
    private static final List<String> OF_A_NETWORK = List.of("contract-address", "chain-id", "relay-url");
    private static final List<String> OF_A_WALLET = List.of("private-key", "keystore-file");

    @BuildStep
    DevnetBuildItem wanted(CrynuxBuildTimeConfig config) {
        if (!config.devservices().enabled()) {
            LOG.debug("No devnet: quarkus.camel.crynux.devservices.enabled is false");
            return null;
        }
        if (isSet("rpc-url")) {
            LOG.debug("No devnet: camel.component.crynux.rpc-url is set");
            return null;
        }
        return new DevnetBuildItem();
    }

    @BuildStep
    void devnet(
            Optional<DevnetBuildItem> devnet,
            CrynuxBuildTimeConfig config,
            BuildProducer<DevServicesResultBuildItem> services) {
        if (devnet.isEmpty()) {
            return;
        }
        CrynuxBuildTimeConfig.DevServices wanted = config.devservices();
        tellMixture();
        services.produce(DevServicesResultBuildItem.owned()
                .feature(CrynuxProcessor.FEATURE)
                .description("A Crynux network: chain, Relay and nodes")
                .serviceConfig(wanted)
                .startable(() -> new DevnetService(wanted))
                .postStartHook(service -> LOG.infof(
                        "A Crynux devnet runs for the application: chain %s, Relay %s, page %s",
                        service.devnet().rpcUrl(),
                        service.devnet().relayUrl(),
                        service.devnet().pageUrl()))
                .config(Map.of(PREFIX + "task-fee", wanted.taskFee()))
                .configProvider(properties())
                .build());
    }

    /** The properties of the devnet for the application, whose own properties override them. */
    private static Map<String, Function<DevnetService, String>> properties() {
        Map<String, Function<DevnetService, String>> properties = new HashMap<>();
        properties.put(PREFIX + "rpc-url", service -> service.devnet().rpcUrl());
        properties.put(PREFIX + "relay-url", service -> service.devnet().relayUrl());
        properties.put(PREFIX + "contract-address", service -> service.devnet().contractAddress());
        properties.put(
                PREFIX + "chain-id", service -> Long.toString(service.devnet().chainId()));
        properties.put(CrynuxDevUi.PAGE, service -> service.devnet().pageUrl());
        if (OF_A_WALLET.stream().noneMatch(CrynuxDevServicesProcessor::isSet)) {
            // One of the test keys that everybody knows; it has 10,000 CNX on every devnet and nothing elsewhere.
            properties.put(
                    PREFIX + "private-key",
                    service -> service.devnet().account(0).privateKey());
        }
        return properties;
    }

    private static void tellMixture() {
        List<String> own = Stream.concat(OF_A_NETWORK.stream(), OF_A_WALLET.stream())
                .filter(CrynuxDevServicesProcessor::isSet)
                .map(option -> PREFIX + option)
                .toList();
        if (!own.isEmpty()) {
            LOG.warnf(
                    "A devnet starts, since %srpc-url is not set, but %s belongs to another network. Set it for the profile prod"
                            + " only (%%prod.%s), or set rpc-url too",
                    PREFIX, String.join(", ", own), own.get(0));
        }
    }

    private static boolean isSet(String option) {
        return ConfigUtils.isPropertyNonEmpty(PREFIX + option)
                || ConfigUtils.isPropertyNonEmpty(PREFIX + StringHelper.dashToCamelCase(option));
    }
}
