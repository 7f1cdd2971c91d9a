// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.ChainNetwork;
import io.crynux.client.CrynuxClient;
import io.crynux.client.CrynuxClientBuilder;
import io.crynux.client.observe.ClientObserver;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.BudgetSettings;
import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.settings.EngineSettings.Limits;
import io.crynux.client.settings.EngineSettings.PaymentSettings;
import io.crynux.client.settings.GasSettings;
import io.crynux.client.settings.HttpSettings;
import io.crynux.client.settings.HttpSettings.BasicCredentials;
import io.crynux.client.wallet.Signer;
import io.crynux.client.wallet.Wallets;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.web3j.utils.Convert;

/** Makes a client from the component's options; each error names the option. */
final class ClientFactory {
    private final CrynuxComponent component;

    ClientFactory(CrynuxComponent component) {
        this.component = component;
    }

    CrynuxClient create(Executor executor, ScheduledExecutorService scheduler, ClientObserver observer) {
        CrynuxClientBuilder builder =
                component.isOnChain() ? onChain() : component.clients().get();
        builder.engine(new EngineSettings(
                        Finality.parse(
                                required("finality", component.getFinality()),
                                Duration.ofMillis(component.getFinalityTimeout())),
                        new PaymentSettings(
                                PaymentSettings.DEFAULT.resendInterval(),
                                Duration.ofMillis(component.getReplaceAfter()),
                                Duration.ofMillis(component.getTransactionTimeout())),
                        EngineSettings.DEFAULT.downloadDelay(),
                        Duration.ofMillis(component.getRetention()),
                        new Limits(
                                component.maxInFlightOrDefault(),
                                component.getMaxUnstarted(),
                                component.getMaxWaiting()),
                        budget()))
                .executor(executor)
                .scheduler(scheduler)
                .observer(observer);
        if (component.getTaskJournal() != null) {
            builder.journal(component.getTaskJournal());
        }
        return builder.build();
    }

    private CrynuxClientBuilder onChain() {
        ChainNetwork.Builder network = ChainNetwork.builder()
                .rpcUrl(required("rpcUrl", component.getRpcUrl()))
                .contractAddress(required("contractAddress", component.getContractAddress()))
                .chainId(component.getChainId())
                .pollInterval(Duration.ofMillis(component.getPollInterval()))
                .logSource(component.getLogSource())
                .maxBlockRange(component.getMaxBlockRange())
                .waitMethod(component.getWaitMethod())
                .createTaskArguments(component.getCreateTaskArguments())
                .maxPendingTransactions(component.getMaxPendingTransactions())
                .gas(new GasSettings(
                        BigInteger.valueOf(component.getGasLimit()),
                        BigDecimal.valueOf(component.getGasPriceMultiplier()),
                        component.getTransactionType(),
                        maxGasPrice()))
                .relay(component.relaySettings());
        if (component.getRelayUrl() != null && !component.getRelayUrl().isBlank()) {
            network.relayUrl(component.getRelayUrl());
        }
        return CrynuxClient.builder()
                .network(network.build())
                .signer(signer())
                .http(new HttpSettings(
                        Duration.ofMillis(component.getConnectTimeout()),
                        Duration.ofMillis(component.getRequestTimeout()),
                        sslContext(),
                        proxy(),
                        proxyCredentials()));
    }

    private BudgetSettings budget() {
        return new BudgetSettings(
                component.getBudget() == null ? null : FeeRules.wei("Option budget", component.getBudget()),
                Duration.ofMillis(component.getBudgetPeriod()));
    }

    /** @throws IllegalArgumentException naming the option that running tasks needs and that is not set */
    static void requireTasks(CrynuxComponent component) {
        if (component.isOnChain()) {
            required("relayUrl", component.getRelayUrl());
            requireWallet(component, "Nobody pays");
        }
    }

    /** Whether the options name an account that can have tasks in the journal. */
    static boolean hasAccount(CrynuxComponent component) {
        return !component.isOnChain() || hasWallet(component);
    }

    /** @throws IllegalArgumentException if the network has none */
    static void requireEvents(CrynuxComponent component) {
        if (!component.isOnChain()) {
            throw new IllegalArgumentException("The protocol of this network has no events");
        }
    }

    /** @throws IllegalArgumentException naming the options */
    static void requireWallet(CrynuxComponent component, String why) {
        if (!component.isOnChain()) {
            throw new IllegalArgumentException(why + ": the protocol of this network has none");
        }
        if (!hasWallet(component)) {
            throw new IllegalArgumentException(
                    why + ": set one of the options privateKey, keystoreFile and signer of camel.component.crynux");
        }
    }

    /** Whether the options name a wallet. */
    static boolean hasWallet(CrynuxComponent component) {
        return component.getPrivateKey() != null
                || component.getKeystoreFile() != null
                || component.getSigner() != null;
    }

    /** Waits for an answer of the network; bounded by the client's request time-outs. */
    static <T> T await(CompletableFuture<T> answer) throws Exception {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static String required(String option, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "Option " + option + " is missing: set camel.component.crynux." + option);
        }
        return value;
    }

    private BigInteger maxGasPrice() {
        return component.getMaxGasPrice() == null ? null : weiOfGwei(component.getMaxGasPrice());
    }

    /** @throws IllegalArgumentException when the text is no amount of gwei above 0 with at most 9 decimals */
    static BigInteger weiOfGwei(String gwei) {
        if (!FeeRules.isAmount(gwei)) {
            throw new IllegalArgumentException("Not a decimal above 0");
        }
        try {
            return Convert.toWei(gwei.trim(), Convert.Unit.GWEI).toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("More than 9 decimals", e);
        }
    }

    /** The signer of the wallet that pays, or null. */
    private Signer signer() {
        // A signer can be any bean of the registry that was found by its type; what is configured wins.
        if (component.getPrivateKey() != null && component.getKeystoreFile() != null) {
            throw new IllegalArgumentException("Set one of the options privateKey and keystoreFile of"
                    + " camel.component.crynux, not both: each names the wallet that pays");
        }
        if (component.getPrivateKey() != null) {
            return Wallets.ofPrivateKey(component.getPrivateKey());
        }
        if (component.getKeystoreFile() != null) {
            return fromKeystore();
        }
        return component.getSigner();
    }

    private Signer fromKeystore() {
        String password = required("keystorePassword", component.getKeystorePassword());
        String resource = component.getKeystoreFile();
        try (InputStream keystore = ResourceHelper.resolveMandatoryResourceAsInputStream(
                component.getCamelContext(), resource.contains(":") ? resource : "file:" + resource)) {
            return Wallets.ofKeystore(new String(keystore.readAllBytes(), StandardCharsets.UTF_8), password);
        } catch (IOException e) {
            throw new IllegalArgumentException("Option keystoreFile cannot be read: " + e.getMessage(), e);
        }
    }

    private SSLContext sslContext() {
        SSLContextParameters parameters = component.getSslContextParameters() != null
                ? component.getSslContextParameters()
                : component.isUseGlobalSslContextParameters()
                        ? component.getCamelContext().getSSLContextParameters()
                        : null;
        try {
            return parameters == null ? null : parameters.createSSLContext(component.getCamelContext());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("Option sslContextParameters cannot be used: " + e.getMessage(), e);
        }
    }

    private BasicCredentials proxyCredentials() {
        String user = component.getProxyAuthUsername();
        String password = component.getProxyAuthPassword();
        if (user == null && password == null) {
            return null;
        }
        if (component.getProxyHost() == null) {
            throw new IllegalArgumentException("Option proxyHost is missing, while proxyAuthUsername is set");
        }
        if (user == null || password == null) {
            throw new IllegalArgumentException("Option " + (user == null ? "proxyAuthUsername" : "proxyAuthPassword")
                    + " is missing: a proxy needs both");
        }
        try {
            return new BasicCredentials(user, password);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Option proxyAuthUsername cannot be used: " + e.getMessage());
        }
    }

    private ProxySelector proxy() {
        if (component.getProxyHost() == null && component.getProxyPort() == null) {
            return null;
        }
        if (component.getProxyHost() == null) {
            throw new IllegalArgumentException("Option proxyHost is missing, while proxyPort is set");
        }
        if (component.getProxyPort() == null) {
            throw new IllegalArgumentException("Option proxyPort is missing, while proxyHost is set");
        }
        return ProxySelector.of(new InetSocketAddress(component.getProxyHost(), component.getProxyPort()));
    }
}
