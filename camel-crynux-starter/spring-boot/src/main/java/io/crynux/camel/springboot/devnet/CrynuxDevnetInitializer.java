// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot.devnet;

import io.crynux.camel.springboot.CrynuxComponentConfiguration;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.CrynuxDevnetBuilder;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/**
 * Has an application run on a Crynux network in its JVM: starts a devnet, points {@code camel.component.crynux} at it and
 * at one of its funded wallets, whatever the application's properties say, and makes it a bean. It ends with the context,
 * after everything that uses it.
 *
 * <pre>{@code
 * new SpringApplicationBuilder(Application.class).initializers(new CrynuxDevnetInitializer()).run(args);
 * }</pre>
 */
public final class CrynuxDevnetInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final String BEAN = "crynuxDevnet";
    private static final String PREFIX = "camel.component.crynux.";
    /** Spring's name of the properties that a test gives itself. */
    private static final String OF_THE_TEST = "Inlined Test Properties";

    private final CrynuxDevnetBuilder network;

    /** A network with the devnet's defaults. */
    public CrynuxDevnetInitializer() {
        this(CrynuxDevnet.builder());
    }

    /** @param network what to start, once for each context */
    public CrynuxDevnetInitializer(CrynuxDevnetBuilder network) {
        this.network = network;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        CrynuxDevnet devnet = network.start();
        addProperties(context.getEnvironment().getPropertySources(), devnet);
        DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
        beans.registerSingleton(BEAN, devnet);
        // Beans are destroyed from the last to the first.
        beans.registerDisposableBean(BEAN, devnet::close);
        beans.addBeanPostProcessor(new WithoutKeystore(devnet.account(0).privateKey()));
    }

    private static void addProperties(MutablePropertySources sources, CrynuxDevnet devnet) {
        MapPropertySource properties = new MapPropertySource(
                BEAN,
                Map.of(
                        PREFIX + "rpc-url", devnet.rpcUrl(),
                        PREFIX + "contract-address", devnet.contractAddress(),
                        PREFIX + "chain-id", devnet.chainId(),
                        PREFIX + "relay-url", devnet.relayUrl(),
                        PREFIX + "private-key", devnet.account(0).privateKey()));
        if (sources.contains(OF_THE_TEST)) {
            sources.addAfter(OF_THE_TEST, properties);
        } else {
            sources.addFirst(properties);
        }
    }

    /** A property can be overridden, but not be taken away; and key and keystore together are refused. */
    private record WithoutKeystore(String privateKey) implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (bean instanceof CrynuxComponentConfiguration options && privateKey.equals(options.getPrivateKey())) {
                options.setKeystoreFile(null);
                options.setKeystorePassword(null);
            }
            return bean;
        }

        @Override
        public String toString() {
            return "WithoutKeystore";
        }
    }
}
