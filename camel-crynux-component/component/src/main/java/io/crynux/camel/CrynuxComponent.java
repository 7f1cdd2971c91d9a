// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.settings.CreateTaskArguments;
import io.crynux.client.settings.Finality;
import io.crynux.client.settings.GasSettings.TransactionType;
import io.crynux.client.settings.LogSource;
import io.crynux.client.settings.RelaySettings;
import io.crynux.client.settings.WaitMethod;
import io.crynux.client.wallet.Signer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Runs tasks on a Crynux network. One component is one network and one wallet; a second network is a second component. */
@Component("crynux")
public class CrynuxComponent extends HealthCheckComponent implements SSLContextParametersAware {

    @Metadata(description = "Defaults of the endpoints' options")
    private CrynuxConfiguration configuration = new CrynuxConfiguration();

    @Metadata(
            label = "network",
            description =
                    "JSON-RPC endpoints of the network's chain, separated by commas. One is used until it fails or limits"
                            + " the rate, then the next. One that is on another chain is refused at start. Those that begin"
                            + " with ws:// or wss:// tell of new blocks and no more; one with http:// or https:// is needed")
    private String rpcUrl;

    @Metadata(label = "network", description = "Address of the network's Task contract")
    private String contractAddress;

    @Metadata(
            label = "network",
            description =
                    "The id that the chain must have. It guards against paying on another chain; without it the id of"
                            + " the node at rpcUrl is taken")
    private Long chainId;

    @Metadata(
            label = "network",
            defaultValue = "AUTO",
            description =
                    "How many arguments the contract's createTask has. Later deployments have SEVEN, and let tasks name"
                            + " a GPU. AUTO: found out at start")
    private CreateTaskArguments createTaskArguments = CreateTaskArguments.AUTO;

    @Metadata(label = "network", description = "URL of the network's Relay")
    private String relayUrl;

    @Metadata(
            label = "security",
            secret = true,
            description =
                    "Private key of the wallet that pays, as 64 hex digits. Give privateKey, keystoreFile or a signer")
    private String privateKey;

    @Metadata(
            label = "security",
            supportFileReference = true,
            description =
                    "Web3 keystore (version 3) with the key of the wallet that pays: a resource such as file:wallet.json")
    private String keystoreFile;

    @Metadata(label = "security", secret = true, description = "Password of the keystore")
    private String keystorePassword;

    @Metadata(
            label = "security",
            autowired = true,
            description =
                    "Signs in place of a key, for example with an HSM or KMS, at once or asynchronously; used where"
                            + " neither privateKey nor keystoreFile is given")
    private Signer signer;

    @Metadata(
            label = "producer",
            description =
                    "The most that any task may pay, in CNX; bounds option, header and body. A task above it is refused"
                            + " before anything is signed. Default: no bound")
    private String maxTaskFee;

    @Metadata(
            label = "guard",
            description =
                    "The most that may leave the wallet in each budgetPeriod, in CNX: fees and gas. Tasks count in the"
                            + " period in which they are signed, with the most that they can cost, and once final with what"
                            + " they did cost. A task beyond it is refused before anything is signed. Default: no bound")
    private String budget;

    @Metadata(
            label = "guard",
            defaultValue = "1d",
            javaType = "java.time.Duration",
            description = "How long a period of the budget is. Periods follow each other from midnight UTC on 1"
                    + " January 1970 on, so that those of a day begin at midnight UTC")
    private long budgetPeriod = 86_400_000;

    @Metadata(
            label = "advanced",
            autowired = true,
            description =
                    "Journal of the tasks under way: file: and a directory (such as file:data/crynux), memory, or a bean. Tasks"
                            + " that it has when the component starts are continued. Default: memory, which does not"
                            + " survive the process")
    private TaskJournal taskJournal;

    @Metadata(
            label = "producer,advanced",
            description =
                    "Threads that exchanges go on with when their tasks end. Default: a pool of the component's own")
    private ExecutorService workerPool;

    @Metadata(
            label = "producer,advanced",
            defaultValue = "10",
            description = "Threads of the component's own worker pool")
    private int workerPoolCoreSize = 10;

    @Metadata(
            label = "producer,advanced",
            defaultValue = "10s",
            javaType = "java.time.Duration",
            description = "How long pending exchanges may still go on when the CamelContext stops. Then they end with"
                    + " CrynuxShutdownException. Kept under Camel's own shutdown time-out")
    private long shutdownGrace = 10_000;

    @Metadata(
            label = "producer",
            defaultValue = "20",
            description =
                    "How many tasks of the wallet may be unfinished at once. The contract's queue throws tasks out without"
                            + " a refund when it is full, so more exchanges wait, unsigned and without a thread")
    private int maxInFlight = 20;

    @Metadata(
            label = "producer",
            defaultValue = "10",
            description = "How many of them may be without a node that has started them")
    private int maxUnstarted = 10;

    @Metadata(
            label = "producer",
            defaultValue = "1000",
            description = "How many exchanges may wait for a place; further ones fail with RejectedExecutionException")
    private int maxWaiting = 1_000;

    @Metadata(
            label = "producer,advanced",
            defaultValue = "1d",
            javaType = "java.time.Duration",
            description = "How long the idempotency key of a request that has ended is remembered")
    private long retention = 86_400_000;

    @Metadata(
            label = "chain",
            defaultValue = "1s",
            javaType = "java.time.Duration",
            description = "Between two looks at the chain")
    private long pollInterval = 1_000;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "FOLLOW",
            description =
                    "How it is found out what became of tasks. FOLLOW: the events of all blocks are read, once for all tasks."
                            + " POLL: Relay and contract are asked for the state of each task in turn, and the events are"
                            + " read only of tasks that seem to have ended")
    private WaitMethod waitMethod = WaitMethod.FOLLOW;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "5",
            description =
                    "From when on an event is final, and failures are told: a number of blocks that come after its block, or"
                            + " safe or finalized, for what the chain itself says of blocks")
    private String finality = "5";

    @Metadata(
            label = "chain,advanced",
            defaultValue = "2m",
            javaType = "java.time.Duration",
            description =
                    "Events are final, too, when the chain has made no block for so long: some chains make no empty blocks. 0"
                            + " for never")
    private long finalityTimeout = Finality.DEFAULT_TIMEOUT.toMillis();

    @Metadata(
            label = "chain,advanced",
            defaultValue = "LOGS",
            description =
                    "By which calls the contract's events are read. LOGS: eth_getLogs. RECEIPTS: the receipts of blocks that"
                            + " may have some, for endpoints whose eth_getLogs is late or incomplete; costs more")
    private LogSource logSource = LogSource.LOGS;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "2000",
            description =
                    "How many blocks one eth_getLogs asks for at most, when many are to be read, as after a long absence. Fewer"
                            + " where the node refuses so many")
    private int maxBlockRange = 2_000;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "1500000",
            description =
                    "Gas limit of a payment, at least 1500000, since the contract needs a limit well above what it"
                            + " uses. What is not used is not paid")
    private long gasLimit = 1_500_000;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "1.2",
            description = "Factor on the gas price that the node suggests, at least 1")
    private double gasPriceMultiplier = 1.2;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "AUTO",
            description = "How payments price gas. AUTO: EIP1559 where the chain's blocks have a base fee, else LEGACY")
    private TransactionType transactionType = TransactionType.AUTO;

    @Metadata(
            label = "chain",
            description =
                    "The most that a payment may offer per gas, in gwei, for example 50 or 0.5; bounds replacements too."
                            + " While the chain asks for more, tasks are refused before anything is signed. Default: no"
                            + " bound")
    private String maxGasPrice;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "2m",
            javaType = "java.time.Duration",
            description = "A payment that is in no block for so long is replaced by one with the same nonce and a price"
                    + " raised by at least 12.5 percent, again after each such time. 0 replaces none")
    private long replaceAfter = 120_000;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "10m",
            javaType = "java.time.Duration",
            description =
                    "When a payment is in no block for so long the exchange fails with TransactionTimeoutException."
                            + " It may still be mined, and stays watched. 0 waits for taskTimeout")
    private long transactionTimeout = 600_000;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "16",
            description = "How many of the wallet's payments may be in no block. Further ones wait unsigned")
    private int maxPendingTransactions = 16;

    @Metadata(
            label = "http",
            defaultValue = "10s",
            javaType = "java.time.Duration",
            description = "Until a connection to node or Relay stands")
    private long connectTimeout = 10_000;

    @Metadata(
            label = "http",
            defaultValue = "30s",
            javaType = "java.time.Duration",
            description = "Until an answer of node or Relay is complete")
    private long requestTimeout = 30_000;

    @Metadata(label = "http,security", description = "TLS settings of connections to node and Relay")
    private SSLContextParameters sslContextParameters;

    @Metadata(
            label = "http,security",
            defaultValue = "false",
            description = "Whether to use the context's TLS settings")
    private boolean useGlobalSslContextParameters;

    @Metadata(label = "http", description = "Host of an HTTP proxy to node and Relay")
    private String proxyHost;

    @Metadata(label = "http", description = "Port of that proxy")
    private Integer proxyPort;

    @Metadata(
            label = "http,security",
            secret = true,
            description = "User name for the proxy, sent as Basic. URLs with https:// and wss:// need the JVM's option"
                    + " -Djdk.http.auth.tunneling.disabledSchemes= as well")
    private String proxyAuthUsername;

    @Metadata(label = "http,security", secret = true, description = "Password for the proxy")
    private String proxyAuthPassword;

    private RelaySettings relaySettings = RelaySettings.DEFAULT;
    private CrynuxRuntime runtime;
    private HealthChecks healthChecks;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        EndpointKind kind = EndpointKind.of(remaining);
        OptionRules.check(this, kind, parameters.keySet());
        CrynuxEndpoint endpoint =
                new CrynuxEndpoint(uri, this, kind, configuration.copy(), Set.copyOf(parameters.keySet()));
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** The client, connected; made at the first call. */
    CrynuxClient connectedClient() throws Exception {
        return runtime.connectedClient();
    }

    /** The client, connected or not; made at the first call. */
    CrynuxClient client() {
        return runtime.client();
    }

    /** The client, which follows the chain and perhaps cannot pay; made at the first call. */
    CrynuxClient readingClient() throws Exception {
        return runtime.readingClient();
    }

    /** Where exchanges go on. */
    ExecutorService continuations() {
        return runtime.continuations();
    }

    /** How requests to the Relay are tried again. Not an option: the client knows the network's Relay well enough. */
    RelaySettings relaySettings() {
        return relaySettings;
    }

    /** For a Relay that is not the network's, such as a devnet's, which knows tasks at once; before the component starts. */
    void relaySettings(RelaySettings newRelaySettings) {
        relaySettings = newRelaySettings;
    }

    /** Keeps deadlines; while there is a client. */
    ScheduledExecutorService timer() {
        return runtime.timer();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        runtime = new CrynuxRuntime(this);
        getCamelContext().addLifecycleStrategy(runtime);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (taskJournal != null && taskJournal.isDurable() && ClientFactory.hasWallet(this)) {
            runtime.resume();
        }
        healthChecks = new HealthChecks(this, name(), runtime::status);
        // By then Camel's registry of checks is as configured.
        getCamelContext().addStartupListener((context, alreadyStarted) -> registerHealthChecks());
    }

    private void registerHealthChecks() {
        if (isStarted() || isStarting()) {
            healthChecks.register();
        }
    }

    /** By which the context knows it. */
    String name() {
        return getCamelContext().getComponentNames().stream()
                .filter(known -> getCamelContext().hasComponent(known) == this)
                .findFirst()
                .orElse("crynux");
    }

    @Override
    protected void doStop() throws Exception {
        if (healthChecks != null) {
            healthChecks.unregister();
        }
        runtime.close();
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        getCamelContext().getLifecycleStrategies().remove(runtime);
        super.doShutdown();
    }

    public CrynuxConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(CrynuxConfiguration configuration) {
        this.configuration = configuration;
    }

    public String getRpcUrl() {
        return rpcUrl;
    }

    public void setRpcUrl(String rpcUrl) {
        this.rpcUrl = rpcUrl;
    }

    public String getContractAddress() {
        return contractAddress;
    }

    public void setContractAddress(String contractAddress) {
        this.contractAddress = contractAddress;
    }

    public Long getChainId() {
        return chainId;
    }

    public void setChainId(Long chainId) {
        this.chainId = chainId;
    }

    public String getRelayUrl() {
        return relayUrl;
    }

    public void setRelayUrl(String relayUrl) {
        this.relayUrl = relayUrl;
    }

    public String getPrivateKey() {
        return privateKey;
    }

    public void setPrivateKey(String privateKey) {
        this.privateKey = privateKey;
    }

    public String getKeystoreFile() {
        return keystoreFile;
    }

    public void setKeystoreFile(String keystoreFile) {
        this.keystoreFile = keystoreFile;
    }

    public String getKeystorePassword() {
        return keystorePassword;
    }

    public void setKeystorePassword(String keystorePassword) {
        this.keystorePassword = keystorePassword;
    }

    public Signer getSigner() {
        return signer;
    }

    public void setSigner(Signer signer) {
        this.signer = signer;
    }

    public String getMaxTaskFee() {
        return maxTaskFee;
    }

    public void setMaxTaskFee(String maxTaskFee) {
        this.maxTaskFee = maxTaskFee;
    }

    public String getBudget() {
        return budget;
    }

    public void setBudget(String budget) {
        this.budget = budget;
    }

    public long getBudgetPeriod() {
        return budgetPeriod;
    }

    public void setBudgetPeriod(long budgetPeriod) {
        this.budgetPeriod = budgetPeriod;
    }

    public TaskJournal getTaskJournal() {
        return taskJournal;
    }

    public void setTaskJournal(TaskJournal taskJournal) {
        this.taskJournal = taskJournal;
    }

    public ExecutorService getWorkerPool() {
        return workerPool;
    }

    public void setWorkerPool(ExecutorService workerPool) {
        this.workerPool = workerPool;
    }

    public int getWorkerPoolCoreSize() {
        return workerPoolCoreSize;
    }

    public void setWorkerPoolCoreSize(int workerPoolCoreSize) {
        this.workerPoolCoreSize = workerPoolCoreSize;
    }

    public long getShutdownGrace() {
        return shutdownGrace;
    }

    public void setShutdownGrace(long shutdownGrace) {
        this.shutdownGrace = shutdownGrace;
    }

    public long getPollInterval() {
        return pollInterval;
    }

    public void setPollInterval(long pollInterval) {
        this.pollInterval = pollInterval;
    }

    public WaitMethod getWaitMethod() {
        return waitMethod;
    }

    public void setWaitMethod(WaitMethod waitMethod) {
        this.waitMethod = waitMethod;
    }

    public String getFinality() {
        return finality;
    }

    public void setFinality(String finality) {
        this.finality = finality;
    }

    public long getFinalityTimeout() {
        return finalityTimeout;
    }

    public void setFinalityTimeout(long finalityTimeout) {
        this.finalityTimeout = finalityTimeout;
    }

    public LogSource getLogSource() {
        return logSource;
    }

    public void setLogSource(LogSource logSource) {
        this.logSource = logSource;
    }

    public int getMaxBlockRange() {
        return maxBlockRange;
    }

    public void setMaxBlockRange(int maxBlockRange) {
        this.maxBlockRange = maxBlockRange;
    }

    public long getGasLimit() {
        return gasLimit;
    }

    public void setGasLimit(long gasLimit) {
        this.gasLimit = gasLimit;
    }

    public double getGasPriceMultiplier() {
        return gasPriceMultiplier;
    }

    public void setGasPriceMultiplier(double gasPriceMultiplier) {
        this.gasPriceMultiplier = gasPriceMultiplier;
    }

    public TransactionType getTransactionType() {
        return transactionType;
    }

    public void setTransactionType(TransactionType transactionType) {
        this.transactionType = transactionType;
    }

    public CreateTaskArguments getCreateTaskArguments() {
        return createTaskArguments;
    }

    public void setCreateTaskArguments(CreateTaskArguments createTaskArguments) {
        this.createTaskArguments = createTaskArguments;
    }

    public String getMaxGasPrice() {
        return maxGasPrice;
    }

    public void setMaxGasPrice(String maxGasPrice) {
        this.maxGasPrice = maxGasPrice;
    }

    public long getReplaceAfter() {
        return replaceAfter;
    }

    public void setReplaceAfter(long replaceAfter) {
        this.replaceAfter = replaceAfter;
    }

    public long getTransactionTimeout() {
        return transactionTimeout;
    }

    public void setTransactionTimeout(long transactionTimeout) {
        this.transactionTimeout = transactionTimeout;
    }

    public int getMaxPendingTransactions() {
        return maxPendingTransactions;
    }

    public void setMaxPendingTransactions(int maxPendingTransactions) {
        this.maxPendingTransactions = maxPendingTransactions;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public String getProxyHost() {
        return proxyHost;
    }

    public void setProxyHost(String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public Integer getProxyPort() {
        return proxyPort;
    }

    public void setProxyPort(Integer proxyPort) {
        this.proxyPort = proxyPort;
    }

    public String getProxyAuthUsername() {
        return proxyAuthUsername;
    }

    public void setProxyAuthUsername(String proxyAuthUsername) {
        this.proxyAuthUsername = proxyAuthUsername;
    }

    public String getProxyAuthPassword() {
        return proxyAuthPassword;
    }

    public void setProxyAuthPassword(String proxyAuthPassword) {
        this.proxyAuthPassword = proxyAuthPassword;
    }

    public int getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public int getMaxUnstarted() {
        return maxUnstarted;
    }

    public void setMaxUnstarted(int maxUnstarted) {
        this.maxUnstarted = maxUnstarted;
    }

    public int getMaxWaiting() {
        return maxWaiting;
    }

    public void setMaxWaiting(int maxWaiting) {
        this.maxWaiting = maxWaiting;
    }

    public long getRetention() {
        return retention;
    }

    public void setRetention(long retention) {
        this.retention = retention;
    }
}
