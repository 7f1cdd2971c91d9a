// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.CrynuxClientBuilder;
import io.crynux.client.observe.ClientObserver;
import io.crynux.client.settings.BasicCredentials;
import io.crynux.client.settings.BudgetSettings;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.Finality;
import io.crynux.client.settings.GasSettings;
import io.crynux.client.settings.HttpSettings;
import io.crynux.client.settings.Limits;
import io.crynux.client.settings.PaymentSettings;
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

/** Makes a client of the component's options; each error names the option. */
final class ClientFactory {
    private final CrynuxComponent component;

    ClientFactory(CrynuxComponent component) {
        this.component = component;
    }

    CrynuxClient create(Executor executor, ScheduledExecutorService scheduler, ClientObserver observer) {
        CrynuxClientBuilder builder = CrynuxClient.builder()
                .rpcUrl(required("rpcUrl", component.getRpcUrl()))
                .contractAddress(required("contractAddress", component.getContractAddress()))
                .chainId(component.getChainId())
                .signer(signer())
                .pollInterval(time("pollInterval", component.getPollInterval()))
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
                .engine(new EngineSettings(
                        Finality.parse(
                                required("finality", component.getFinality()),
                                time("finalityTimeout", component.getFinalityTimeout())),
                        new PaymentSettings(
                                PaymentSettings.DEFAULT.resendInterval(),
                                time("replaceAfter", component.getReplaceAfter()),
                                time("transactionTimeout", component.getTransactionTimeout())),
                        EngineSettings.DEFAULT.downloadDelay(),
                        time("retention", component.getRetention()),
                        new Limits(component.getMaxInFlight(), component.getMaxUnstarted(), component.getMaxWaiting()),
                        budget()))
                .http(new HttpSettings(
                        time("connectTimeout", component.getConnectTimeout()),
                        time("requestTimeout", component.getRequestTimeout()),
                        sslContext(),
                        proxy(),
                        proxyCredentials()))
                .executor(executor)
                .scheduler(scheduler)
                .relay(component.relaySettings())
                .observer(observer);
        if (component.getRelayUrl() != null && !component.getRelayUrl().isBlank()) {
            builder.relayUrl(component.getRelayUrl());
        }
        if (component.getTaskJournal() != null) {
            builder.journal(component.getTaskJournal());
        }
        return builder.build();
    }

    /**
     * Refuses what the component's own threads and connections cannot be; the client refuses the rest.
     *
     * @throws IllegalArgumentException naming the option
     */
    static void checkRanges(CrynuxComponent component) {
        require(
                component.getWorkerPoolCoreSize() >= 1,
                "workerPoolCoreSize",
                component.getWorkerPoolCoreSize(),
                "1 or more");
        require(
                component.getShutdownGrace() >= 0,
                "shutdownGrace",
                component.getShutdownGrace(),
                "0 or more (milliseconds, or text such as 10s)");
        double multiplier = component.getGasPriceMultiplier();
        require(Double.isFinite(multiplier), "gasPriceMultiplier", multiplier, "a number, 1 or more");
        Integer port = component.getProxyPort();
        require(port == null || (port >= 1 && port <= 65_535), "proxyPort", port, "1 to 65535");
        if (component.getProxyHost() == null && port != null) {
            throw new IllegalArgumentException("Option proxyHost is missing, while proxyPort is set");
        }
        require(
                component.getProxyHost() == null || !component.getProxyHost().isBlank(),
                "proxyHost",
                "blank",
                "the name of a host; leave it out for no proxy");
    }

    private static void require(boolean valid, String option, Object value, String allowed) {
        if (!valid) {
            throw new IllegalArgumentException("Option " + option + " is " + value + "; it must be " + allowed);
        }
    }

    private static Duration time(String option, long millis) {
        require(millis <= OptionRanges.LONGEST_WAIT, option, millis + " ms", "at most 36500d");
        return Duration.ofMillis(millis);
    }

    private BudgetSettings budget() {
        return new BudgetSettings(
                component.getBudget() == null ? null : FeeRules.wei("Option budget", component.getBudget()),
                time("budgetPeriod", component.getBudgetPeriod()));
    }

    /** @throws IllegalArgumentException naming the option that running tasks needs and that is not set */
    static void requireTasks(CrynuxComponent component) {
        required("relayUrl", component.getRelayUrl());
        requireWallet(component, "Nobody pays");
    }

    /** @throws IllegalArgumentException naming the options */
    static void requireWallet(CrynuxComponent component, String why) {
        if (!hasWallet(component)) {
            throw new IllegalArgumentException(
                    why + ": set one of the options privateKey, keystoreFile and signer of camel.component.crynux");
        }
    }

    /** Whether the options say who pays. */
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
        String gwei = component.getMaxGasPrice();
        if (gwei == null || gwei.isBlank()) {
            return null;
        }
        try {
            return Convert.toWei(gwei.trim(), Convert.Unit.GWEI).toBigIntegerExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Option maxGasPrice is '" + gwei + "', not a number of gwei such as 50 or 0.5", e);
        }
    }

    /** Who pays, or null. */
    private Signer signer() {
        // A signer can be any bean of the registry that was found by its type; what is configured wins.
        if (component.getPrivateKey() != null && component.getKeystoreFile() != null) {
            throw new IllegalArgumentException("Set one of the options privateKey and keystoreFile of"
                    + " camel.component.crynux, not both: they say who pays");
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
        if (component.getProxyHost() == null) {
            return null;
        }
        if (component.getProxyPort() == null) {
            throw new IllegalArgumentException("Option proxyPort is missing, while proxyHost is set");
        }
        return ProxySelector.of(new InetSocketAddress(component.getProxyHost(), component.getProxyPort()));
    }
}
