// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.CrynuxClient;
import io.crynux.client.CrynuxClientBuilder;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.settings.CreateTaskArguments;
import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.settings.GasSettings.TransactionType;
import io.crynux.client.settings.LogSource;
import io.crynux.client.settings.RelaySettings;
import io.crynux.client.settings.WaitMethod;
import io.crynux.client.wallet.Signer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Runs tasks on a Crynux network. A component has one network and one wallet; add another component for a second network. */
@Component("crynux")
public class CrynuxComponent extends HealthCheckComponent implements SSLContextParametersAware {

    @Metadata(description = "Default options of the endpoints")
    private CrynuxConfiguration configuration = new CrynuxConfiguration();

    @Metadata(
            label = "network",
            description =
                    "JSON-RPC URLs of nodes of the network's chain, separated by commas. One is used until it fails or limits"
                            + " the rate, then the next. A node of another chain is refused at start. URLs that begin with"
                            + " ws:// or wss:// only notify of new blocks; at least one http:// or https:// URL is required")
    private String rpcUrl;

    @Metadata(label = "network", description = "Address of the network's Task contract")
    private String contractAddress;

    @Metadata(
            label = "network",
            description =
                    "Expected id of the chain. It guards against payments on another chain. The default is the id that the"
                            + " node at rpcUrl reports")
    private Long chainId;

    @Metadata(
            label = "network",
            defaultValue = "auto",
            enums = "auto,five,seven",
            description =
                    "Number of arguments of the contract's createTask. Newer contracts have seven, which lets tasks name a"
                            + " GPU. auto: detected at start")
    private CreateTaskArguments createTaskArguments = CreateTaskArguments.AUTO;

    @Metadata(label = "network", description = "URL of the network's Relay")
    private String relayUrl;

    @Metadata(
            label = "security",
            secret = true,
            description =
                    "Private key of the wallet that pays, as 64 hex digits. Set privateKey, keystoreFile or signer")
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
                    "Signer to use instead of a key, for example of an HSM or KMS. It may sign asynchronously. It is used if"
                            + " neither privateKey nor keystoreFile is set")
    private Signer signer;

    @Metadata(
            label = "producer",
            description =
                    "Maximum fee of a task, in CNX. It limits the option, the header and the body. A task above it is refused"
                            + " before anything is signed. The default is no limit")
    private String maxTaskFee;

    @Metadata(
            label = "guard",
            description =
                    "Maximum amount to spend in each budgetPeriod, in CNX: fees and gas. A task counts in the period in which"
                            + " it is signed, with its maximum cost, and once it is final with its real cost. A task beyond the"
                            + " budget is refused before anything is signed. The default is no limit")
    private String budget;

    @Metadata(
            label = "guard",
            defaultValue = "1d",
            javaType = "java.time.Duration",
            description =
                    "Length of a period of the budget. Periods are counted from midnight UTC on 1 January 1970, so that those"
                            + " of a day begin at midnight UTC")
    private long budgetPeriod = 86_400_000;

    @Metadata(
            label = "advanced",
            autowired = true,
            description =
                    "Journal of the tasks in flight: file: and a directory (such as file:data/crynux), memory, or a bean. Its"
                            + " tasks are continued when the component starts. The default is memory, which does not survive"
                            + " the process")
    private TaskJournal taskJournal;

    @Metadata(
            label = "producer,advanced",
            description =
                    "Thread pool that continues exchanges when their tasks end. The default is a pool of the component")
    private ExecutorService workerPool;

    @Metadata(
            label = "producer,advanced",
            defaultValue = "10",
            description = "Number of threads in the component's own worker pool")
    private int workerPoolCoreSize = 10;

    @Metadata(
            label = "producer,advanced",
            defaultValue = "10s",
            javaType = "java.time.Duration",
            description = "The time to wait for pending exchanges when the CamelContext stops. After it they fail with"
                    + " CrynuxShutdownException. At most half of Camel's own shutdown timeout is used")
    private long shutdownGrace = 10_000;

    @Metadata(
            label = "producer",
            description =
                    "Maximum number of the wallet's tasks in flight. Further exchanges wait, unsigned and without a thread."
                            + " A full queue of the contract evicts tasks without a refund, so do not raise it much there. The"
                            + " default depends on the protocol: 20 on a chain")
    private Integer maxInFlight;

    @Metadata(
            label = "producer",
            defaultValue = "10",
            description = "Maximum number of tasks in flight that no node has started")
    private int maxUnstarted = 10;

    @Metadata(
            label = "producer",
            defaultValue = "1000",
            description =
                    "Maximum number of exchanges that wait because of maxInFlight or maxUnstarted. Further exchanges fail with"
                            + " RejectedExecutionException")
    private int maxWaiting = 1_000;

    @Metadata(
            label = "producer,advanced",
            defaultValue = "1d",
            javaType = "java.time.Duration",
            description = "The time to remember the idempotency key of a request that has ended")
    private long retention = 86_400_000;

    @Metadata(
            label = "chain",
            defaultValue = "1s",
            javaType = "java.time.Duration",
            description = "The time between two polls of the chain")
    private long pollInterval = 1_000;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "follow",
            enums = "follow,poll",
            description =
                    "How the component learns the outcome of tasks. follow: reads the events of all blocks, once for all"
                            + " tasks. poll: asks Relay and contract for the state of each task in turn, and reads the events"
                            + " only of tasks that seem to have ended")
    private WaitMethod waitMethod = WaitMethod.FOLLOW;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "5",
            description =
                    "When an event is final, and failures are reported: a number of blocks after its block, or safe or"
                            + " finalized to use the chain's own block tags")
    private String finality = "5";

    @Metadata(
            label = "chain,advanced",
            defaultValue = "2m",
            javaType = "java.time.Duration",
            description =
                    "The time without a new block after which events are final as well: some chains make no empty blocks."
                            + " 0 means never")
    private long finalityTimeout = Finality.DEFAULT_TIMEOUT.toMillis();

    @Metadata(
            label = "chain,advanced",
            defaultValue = "logs",
            enums = "logs,receipts",
            description =
                    "Source of the contract's events. logs: eth_getLogs. receipts: the receipts of blocks that may have events,"
                            + " for nodes whose eth_getLogs is late or incomplete; this takes more requests")
    private LogSource logSource = LogSource.LOGS;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "2000",
            description =
                    "Maximum number of blocks in one eth_getLogs, which matters after a long downtime. A node that refuses so"
                            + " many is asked for fewer")
    private int maxBlockRange = 2_000;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "1500000",
            description =
                    "Gas limit of a payment. The contract needs a limit well above the gas that it uses. Unused gas is not"
                            + " paid")
    private long gasLimit = 1_500_000;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "1.2",
            description = "Factor to multiply the gas price of the node by")
    private double gasPriceMultiplier = 1.2;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "auto",
            enums = "auto,legacy,eip1559",
            description =
                    "Transaction type of payments. auto: eip1559 if the blocks of the chain have a base fee, else legacy")
    private TransactionType transactionType = TransactionType.AUTO;

    @Metadata(
            label = "chain",
            description =
                    "Maximum gas price of a payment and its replacements, in gwei, for example 50 or 0.5. While the chain asks"
                            + " for more, tasks are refused before anything is signed. The default is no limit")
    private String maxGasPrice;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "2m",
            javaType = "java.time.Duration",
            description =
                    "The time after which a payment that is in no block is replaced with the same nonce and a gas price at"
                            + " least 12.5 percent higher, and again after each such time. 0 means never")
    private long replaceAfter = 120_000;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "10m",
            javaType = "java.time.Duration",
            description =
                    "The time after which an exchange whose payment is in no block fails with TransactionTimeoutException. The"
                            + " payment may still be mined, and the component keeps watching it. 0 means to wait for"
                            + " taskTimeout")
    private long transactionTimeout = 600_000;

    @Metadata(
            label = "chain,advanced",
            defaultValue = "16",
            description =
                    "Maximum number of the wallet's payments that are in no block. Further payments wait unsigned")
    private int maxPendingTransactions = 16;

    @Metadata(
            label = "http",
            defaultValue = "10s",
            javaType = "java.time.Duration",
            description = "The time to wait for a connection to a node or the Relay")
    private long connectTimeout = 10_000;

    @Metadata(
            label = "http",
            defaultValue = "30s",
            javaType = "java.time.Duration",
            description = "The time to wait for the complete response of a node or the Relay")
    private long requestTimeout = 30_000;

    @Metadata(label = "http,security", description = "TLS settings for connections to nodes and the Relay")
    private SSLContextParameters sslContextParameters;

    @Metadata(
            label = "http,security",
            defaultValue = "false",
            description = "Whether to use the global TLS settings of the CamelContext")
    private boolean useGlobalSslContextParameters;

    @Metadata(label = "http", description = "Host of the HTTP proxy for connections to nodes and the Relay")
    private String proxyHost;

    @Metadata(label = "http", description = "Port of the HTTP proxy")
    private Integer proxyPort;

    @Metadata(
            label = "http,security",
            secret = true,
            description =
                    "User name for the HTTP proxy, sent with Basic authentication. URLs with https:// and wss:// also need the"
                            + " JVM option -Djdk.http.auth.tunneling.disabledSchemes=")
    private String proxyAuthUsername;

    @Metadata(label = "http,security", secret = true, description = "Password for the HTTP proxy")
    private String proxyAuthPassword;

    private RelaySettings relaySettings = RelaySettings.DEFAULT;
    private Supplier<CrynuxClientBuilder> clients;
    private CrynuxRuntime runtime;
    private HealthChecks healthChecks;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        EndpointKind kind = EndpointKind.of(remaining);
        OptionChecks.checkKnown(this, kind, parameters.keySet());
        CrynuxEndpoint endpoint =
                new CrynuxEndpoint(uri, this, kind, configuration.copy(), Set.copyOf(parameters.keySet()));
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** The protocol of the network. */
    Protocol protocol() {
        return Protocol.CHAIN;
    }

    /** The option maxInFlight, or the protocol's default. */
    int maxInFlightOrDefault() {
        return maxInFlight != null ? maxInFlight : OptionTable.numberOf("maxInFlight", protocol());
    }

    /** Reads choices such as waitMethod by their text. */
    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return OptionConfigurer.before(super.getComponentPropertyConfigurer());
    }

    /** Reads choices such as bodyFormat by their text. */
    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return OptionConfigurer.before(super.getEndpointPropertyConfigurer());
    }

    /** The client, connected; made at the first call. */
    CrynuxClient connectedClient() throws Exception {
        return runtime.connectedClient();
    }

    /** The client, connected or not; made at the first call. */
    CrynuxClient client() {
        return runtime.client();
    }

    /** The client, connected for reading; it may have no wallet. Made at the first call. */
    CrynuxClient readingClient() throws Exception {
        return runtime.readingClient();
    }

    /** The threads that continue exchanges. */
    ExecutorService continuations() {
        return runtime.continuations();
    }

    /** How requests to the Relay are repeated. Not an option: the defaults fit the network's Relay. */
    RelaySettings relaySettings() {
        return relaySettings;
    }

    /** For a Relay that knows tasks at once, such as a devnet's; to be set before the component starts. */
    void relaySettings(RelaySettings newRelaySettings) {
        relaySettings = newRelaySettings;
    }

    /** Whether the network is the chain that the options name. */
    boolean isOnChain() {
        return clients == null;
    }

    /** Begins clients of a network that no option names; null on the chain. */
    Supplier<CrynuxClientBuilder> clients() {
        return clients;
    }

    /** For a network with a protocol of its own, such as a scripted one of tests; to be set before the component starts. */
    void clients(Supplier<CrynuxClientBuilder> newClients) {
        clients = newClients;
    }

    /** The timer of deadlines; null without a client. */
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
        OptionChecks.checkComponent(this);
        if (taskJournal != null && taskJournal.isDurable() && ClientFactory.hasAccount(this)) {
            runtime.resume();
        }
        healthChecks = new HealthChecks(this, name(), runtime::status);
        // Camel's registry of health checks is configured by then.
        getCamelContext().addStartupListener((context, alreadyStarted) -> registerHealthChecks());
    }

    private void registerHealthChecks() {
        if (isStarted() || isStarting()) {
            healthChecks.register();
        }
    }

    /** The name of the component in the context. */
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

    /** Null for the default of the protocol. */
    public Integer getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(Integer maxInFlight) {
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
