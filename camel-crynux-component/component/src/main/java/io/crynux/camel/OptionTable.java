// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static io.crynux.camel.EndpointKind.EVENTS;
import static io.crynux.camel.EndpointKind.GPT;
import static io.crynux.camel.EndpointKind.NETWORK;
import static io.crynux.camel.EndpointKind.SD;
import static io.crynux.camel.EndpointKind.SD_FT_LORA;
import static io.crynux.camel.EndpointKind.TASK;
import static io.crynux.camel.EndpointKind.WALLET;
import static io.crynux.camel.Option.Condition.SCHEMA;
import static io.crynux.camel.Option.Condition.SCHEMA_OF_IMAGES;
import static io.crynux.camel.Option.ofComponent;
import static io.crynux.camel.Option.ofEndpoint;
import static io.crynux.camel.Protocol.BRIDGE;
import static io.crynux.camel.Protocol.CHAIN;
import static io.crynux.camel.Protocol.RELAY;

import io.crynux.client.event.EventSubscription;
import io.crynux.client.event.TaskEventType;
import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.settings.GasSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.util.TimeUtils;

/**
 * All options: where each is set, the endpoints that use it, the protocols that it belongs to, the values that it can have, its
 * unit and its default. The checks at start, the tables of docs/component.md and the tests of options come from here.
 */
final class OptionTable {
    private static final long LARGEST_SEED = 2_147_483_647;
    private static final int PIXELS_PER_LATENT = 8;
    private static final int LARGEST_PORT = 65_535;

    private static final Set<EndpointKind> TASKS = Set.of(SD, GPT, SD_FT_LORA);
    private static final Set<EndpointKind> TASKS_AND_OPERATIONS = Set.of(SD, GPT, SD_FT_LORA, TASK);
    private static final Set<EndpointKind> OF_EVENTS = Set.of(SD, GPT, SD_FT_LORA, EVENTS);
    private static final Set<EndpointKind> PRODUCERS = Set.of(SD, GPT, SD_FT_LORA, TASK, WALLET, NETWORK);
    private static final Set<EndpointKind> CONSUMERS = Set.of(SD, GPT, SD_FT_LORA, EVENTS, WALLET);

    private static final Map<String, Option> ROWS = Stream.of(
                    ofTasks(),
                    ofResults(),
                    ofEvents(),
                    ofCamel(),
                    ofTheNetwork(),
                    ofTheWallet(),
                    ofTheFlow(),
                    ofTheChain())
            .flatMap(List::stream)
            .map(Option.Builder::build)
            .collect(Collectors.toMap(
                    Option::name,
                    row -> row,
                    (first, second) -> {
                        throw new IllegalStateException("Two rows for " + first.name());
                    },
                    LinkedHashMap::new));

    private OptionTable() {}

    static Stream<Option> rows() {
        return ROWS.values().stream();
    }

    /** The row of an option, or null where there is no such option. */
    static Option row(String option) {
        return ROWS.get(option);
    }

    /** Likewise in any case, as Camel looks options up. */
    static Option rowIgnoringCase(String option) {
        return rows().filter(row -> row.name().equalsIgnoreCase(option))
                .findFirst()
                .orElse(null);
    }

    /** A default that depends on the protocol and is a number. */
    static int numberOf(String option, Protocol protocol) {
        return Integer.parseInt(row(option).defaultOf(protocol));
    }

    /** A default that depends on the protocol and is a time. */
    static Duration timeOf(String option, Protocol protocol) {
        return Duration.ofMillis(TimeUtils.toMilliSeconds(row(option).defaultOf(protocol)));
    }

    private static List<Option.Builder> ofTasks() {
        return List.of(
                ofEndpoint("taskFee")
                        .to(TASKS)
                        .range(new Range.Fee())
                        .unit("CNX")
                        .required(),
                ofEndpoint("model").to(TASKS).text("the name of a model").usually("by kind"),
                ofEndpoint("negativePrompt").to(Set.of(SD)),
                ofEndpoint("numImages")
                        .to(Set.of(SD, SD_FT_LORA))
                        .whole(1, 10)
                        .when(SCHEMA)
                        .byDefault("1"),
                ofEndpoint("steps").to(Set.of(SD)).whole(1, 100).when(SCHEMA).usually("by model"),
                ofEndpoint("cfg").to(Set.of(SD)).decimal(0, 20).when(SCHEMA).usually("by model"),
                ofEndpoint("seed")
                        .to(TASKS)
                        .whole(0, LARGEST_SEED)
                        .when(SCHEMA_OF_IMAGES)
                        .usually("0"),
                ofEndpoint("imageWidth")
                        .to(Set.of(SD))
                        .range(new Range.Multiple(PIXELS_PER_LATENT))
                        .when(SCHEMA)
                        .unit("pixels")
                        .usually("512"),
                ofEndpoint("imageHeight")
                        .to(Set.of(SD))
                        .range(new Range.Multiple(PIXELS_PER_LATENT))
                        .when(SCHEMA)
                        .unit("pixels")
                        .usually("512"),
                ofEndpoint("systemPrompt").to(Set.of(GPT)).text("text"),
                ofEndpoint("taskArgs").to(TASKS).text("a resource such as file:task.json"),
                ofEndpoint("vramLimit").to(TASKS).whole(1).unit("GB").usually("by model"),
                ofEndpoint("cap").to(TASKS).only(CHAIN).whole(1).usually("by kind"),
                ofEndpoint("gpuName").to(TASKS).text("the name of a GPU"),
                ofEndpoint("gpuVram").to(TASKS).whole(1).unit("GB"),
                ofEndpoint("parametersSchema").to(TASKS).text("a resource such as file:own.json"),
                ofEndpoint("validate").to(TASKS).byDefault("true"),
                ofEndpoint("bodyFormat")
                        .to(TASKS)
                        .choice("auto", "prompt", "parameters")
                        .byDefault("auto"),
                ofEndpoint("idempotencyKey").to(TASKS).text("a simple expression such as ${file:name}"),
                ofEndpoint("maxAttempts").to(TASKS).whole(1).byDefault("1"),
                ofEndpoint("feeIncrease")
                        .to(TASKS)
                        .decimal(0, Long.MAX_VALUE)
                        .unit("percent")
                        .byDefault("10.0"),
                ofEndpoint("cancelOnTimeout").to(TASKS).byDefault("false"));
    }

    private static List<Option.Builder> ofResults() {
        return List.of(
                ofEndpoint("operation")
                        .to(Set.of(TASK))
                        .choice("status", "result", "cancel", "resume")
                        .required(),
                ofEndpoint("waitFor")
                        .to(TASKS_AND_OPERATIONS)
                        .choice("result", "success", "uploaded", "created", "prepared")
                        .byDefault("result"),
                ofEndpoint("taskTimeout")
                        .to(TASKS_AND_OPERATIONS)
                        .time()
                        .byDefault(CHAIN, "1h")
                        .byDefault(RELAY, "9h")
                        .byDefault(BRIDGE, "9h"),
                ofEndpoint("resultFormat")
                        .to(Set.of(GPT, TASK))
                        .from(Set.of(GPT, EVENTS))
                        .choice("text", "json")
                        .byDefault("text"),
                ofEndpoint("maxResultSize")
                        .to(TASKS_AND_OPERATIONS)
                        .from(OF_EVENTS)
                        .whole(1)
                        .unit("bytes")
                        .byDefault("268435456"),
                ofEndpoint("spoolThreshold")
                        .to(TASKS_AND_OPERATIONS)
                        .from(OF_EVENTS)
                        .whole(0)
                        .unit("bytes")
                        .byDefault("131072"));
    }

    private static List<Option.Builder> ofEvents() {
        return List.of(
                ofEndpoint("eventTypes")
                        .from(OF_EVENTS)
                        .read(eventNames() + ", or several of them, separated by commas", TaskEventType::parse)
                        .byDefault("TaskSuccess,TaskAborted"),
                ofEndpoint("creator")
                        .from(OF_EVENTS)
                        .read("own, any or an address (0x and 40 hex digits)", EventOptions::requireCreator)
                        .usually("own with a wallet, else any"),
                ofEndpoint("startBlock")
                        .from(OF_EVENTS)
                        .only(CHAIN)
                        .read("latest, earliest or the number of a block", EventSubscription.builder()::startBlock)
                        .byDefault("latest"),
                ofEndpoint("confirmations")
                        .from(OF_EVENTS)
                        .only(CHAIN)
                        .whole(0)
                        .unit("blocks")
                        .byDefault("0"),
                ofEndpoint("offsetRepository").from(OF_EVENTS),
                ofEndpoint("offsetKey").from(OF_EVENTS).text("text").usually("by network and route"),
                ofEndpoint("fetchResult").from(OF_EVENTS).byDefault("false"),
                ofEndpoint("resultTimeout").from(OF_EVENTS).time().byDefault("30m"),
                ofEndpoint("breakOnFirstError").from(OF_EVENTS).byDefault("false"),
                ofEndpoint("minBalance")
                        .from(Set.of(WALLET))
                        .range(new Range.Cnx())
                        .unit("CNX")
                        .required(),
                ofEndpoint("checkInterval").from(Set.of(WALLET)).time().byDefault("30s"));
    }

    private static String eventNames() {
        return Arrays.stream(TaskEventType.values())
                .map(TaskEventType::eventName)
                .collect(Collectors.joining(", "));
    }

    private static List<Option.Builder> ofCamel() {
        return List.of(
                ofEndpoint("lazyStartProducer").to(PRODUCERS).byDefault("false"),
                ofEndpoint("bridgeErrorHandler").from(CONSUMERS).byDefault("false"),
                ofEndpoint("exceptionHandler").from(CONSUMERS),
                // Every endpoint of Camel has it, although the metadata lists it for consumers only.
                ofEndpoint("exchangePattern").to(PRODUCERS).from(CONSUMERS),
                ofComponent("configuration"),
                ofComponent("autowiredEnabled").byDefault("true"),
                ofComponent("healthCheckConsumerEnabled").byDefault("true"),
                ofComponent("healthCheckProducerEnabled").byDefault("true"));
    }

    private static List<Option.Builder> ofTheNetwork() {
        return List.of(
                ofComponent("rpcUrl").only(CHAIN).ofClient("URLs that begin with http, https, ws or wss"),
                ofComponent("contractAddress").only(CHAIN).ofClient("0x and 40 hex digits"),
                ofComponent("chainId").only(CHAIN).whole(1).usually("the node's"),
                ofComponent("createTaskArguments")
                        .only(CHAIN)
                        .choice("auto", "five", "seven")
                        .byDefault("auto"),
                ofComponent("relayUrl").only(CHAIN, RELAY).ofClient("a URL that begins with http or https"),
                ofComponent("connectTimeout").time().byDefault("10s"),
                ofComponent("requestTimeout").time().byDefault("30s"),
                ofComponent("sslContextParameters"),
                ofComponent("useGlobalSslContextParameters").byDefault("false"),
                ofComponent("proxyHost").text("the name of a host"),
                ofComponent("proxyPort").whole(1, LARGEST_PORT),
                ofComponent("proxyAuthUsername").secret(),
                ofComponent("proxyAuthPassword").secret());
    }

    private static List<Option.Builder> ofTheWallet() {
        return List.of(
                ofComponent("privateKey").only(CHAIN, RELAY).secret().ofClient("64 hex digits"),
                ofComponent("keystoreFile").only(CHAIN, RELAY).text("a resource such as file:wallet.json"),
                ofComponent("keystorePassword").only(CHAIN, RELAY).secret(),
                ofComponent("signer").only(CHAIN, RELAY),
                ofComponent("maxTaskFee").range(new Range.Fee()).unit("CNX").usually("no limit"),
                ofComponent("budget").range(new Range.Cnx()).unit("CNX").usually("no limit"),
                ofComponent("budgetPeriod").time().byDefault("1d"));
    }

    private static List<Option.Builder> ofTheFlow() {
        return List.of(
                ofComponent("taskJournal").usually("memory"),
                ofComponent("workerPool").usually("a pool of the component"),
                ofComponent("workerPoolCoreSize").whole(1).unit("threads").byDefault("10"),
                ofComponent("shutdownGrace").timeOrZero().byDefault("10s"),
                ofComponent("maxInFlight")
                        .whole(1)
                        .unit("tasks")
                        .byDefault(CHAIN, "20")
                        .byDefault(RELAY, "100")
                        .byDefault(BRIDGE, "20"),
                ofComponent("maxUnstarted").only(CHAIN).whole(1).unit("tasks").byDefault("10"),
                ofComponent("maxWaiting").whole(0).unit("exchanges").byDefault("1000"),
                ofComponent("retention").timeOrZero().byDefault("1d"));
    }

    private static List<Option.Builder> ofTheChain() {
        List<Option.Builder> rows = List.of(
                ofComponent("pollInterval").time().byDefault("1s"),
                ofComponent("waitMethod").choice("follow", "poll").byDefault("follow"),
                ofComponent("finality")
                        .read(
                                "0 or more blocks, safe or finalized",
                                text -> Finality.parse(text, Finality.DEFAULT_TIMEOUT))
                        .byDefault("5"),
                ofComponent("finalityTimeout").timeOrZero().byDefault("2m"),
                ofComponent("logSource").choice("logs", "receipts").byDefault("logs"),
                ofComponent("maxBlockRange").whole(1).unit("blocks").byDefault("2000"),
                ofComponent("gasLimit")
                        .whole(GasSettings.LEAST_GAS_LIMIT.longValueExact())
                        .unit("gas")
                        .byDefault("1500000"),
                ofComponent("gasPriceMultiplier").decimal(1, Long.MAX_VALUE).byDefault("1.2"),
                ofComponent("transactionType")
                        .choice("auto", "legacy", "eip1559")
                        .byDefault("auto"),
                ofComponent("maxGasPrice")
                        .read("above 0 with at most 9 decimals, such as 50 or 0.5", ClientFactory::weiOfGwei)
                        .unit("gwei")
                        .usually("no limit"),
                ofComponent("replaceAfter").timeOrZero().byDefault("2m"),
                ofComponent("transactionTimeout").timeOrZero().byDefault("10m"),
                ofComponent("maxPendingTransactions")
                        .whole(1)
                        .unit("transactions")
                        .byDefault("16"));
        rows.forEach(row -> row.only(CHAIN));
        return rows;
    }
}
