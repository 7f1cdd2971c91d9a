// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.observe.ClientStatus;
import io.crynux.client.observe.ClientStatus.ChainStatus;
import io.crynux.client.observe.ClientStatus.ClientLoad;
import io.crynux.client.observe.ClientStatus.WalletStatus;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * The component's checks in Camel's registry, if there is one. They report what is known and never block; what needs a request is
 * requested at intervals and reported by the next call. Of a URI they show scheme, host and port only.
 */
final class HealthChecks {
    /** A single failure is not an outage. */
    private static final int FAILURES = 3;

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    /** Number of polls of the chain between two requests to a server. */
    private static final int PROBED_POLLS = 10;
    /** Used instead of replaceAfter if that is 0. */
    private static final Duration STILL = Duration.ofMinutes(2);

    private static final Duration STUCK = Duration.ofMinutes(10);

    private final CrynuxComponent component;
    private final Supplier<ClientStatus> client;
    private final String suffix;
    private final Probe<BigInteger> newestBlock;
    private final Probe<Duration> relayClock;
    private final Probe<WalletStatus> wallet;
    private final Probe<Boolean> journal;
    private List<CrynuxHealthCheck> registered = List.of();
    private BigInteger askedHead;
    private Instant askedHeadSince;

    /**
     * @param name of the component in its context
     * @param client made when it is not there
     */
    HealthChecks(CrynuxComponent component, String name, Supplier<ClientStatus> client) {
        this.component = component;
        this.client = client;
        this.suffix = name.equals("crynux") ? "" : "-" + name;
        Duration every = Duration.ofMillis(component.getPollInterval() * PROBED_POLLS);
        this.newestBlock = new Probe<>(() -> client.get().newestBlock(), every);
        this.relayClock = new Probe<>(() -> client.get().relayClock(), every);
        this.wallet = new Probe<>(() -> client.get().wallet(), every);
        this.journal = new Probe<>(() -> client.get().journal(), every);
    }

    synchronized void register() {
        if (!component.isHealthCheckConsumerEnabled() && !component.isHealthCheckProducerEnabled()) {
            return;
        }
        HealthCheckRegistry registry = registry();
        if (registry == null || !registered.isEmpty()) {
            return;
        }
        boolean onChain = component.isOnChain();
        boolean hasRelay = onChain
                && component.isHealthCheckProducerEnabled()
                && component.getRelayUrl() != null
                && !component.getRelayUrl().isBlank();
        boolean pays = hasRelay && ClientFactory.hasWallet(component);
        boolean hasJournal = pays || (!onChain && component.isHealthCheckProducerEnabled());
        registered = Stream.of(
                        check("rpc", onChain, this::lookAtRpc),
                        check("head", onChain, this::lookAtHead),
                        check("relay", hasRelay, this::lookAtRelay),
                        check("wallet", pays, this::lookAtWallet),
                        check("journal", hasJournal, this::lookAtJournal),
                        check("lane", pays, this::lookAtLane))
                .flatMap(Optional::stream)
                .toList();
        registered.forEach(registry::register);
    }

    synchronized void unregister() {
        if (!registered.isEmpty()) {
            registered.forEach(registry()::unregister);
        }
        registered = List.of();
    }

    /** Null without camel-health. */
    private HealthCheckRegistry registry() {
        return HealthCheckRegistry.get(component.getCamelContext());
    }

    private Optional<CrynuxHealthCheck> check(String what, boolean wanted, Consumer<HealthCheckResultBuilder> look) {
        return wanted
                ? Optional.of(new CrynuxHealthCheck("crynux-" + what + suffix, result -> lookIfStarted(look, result)))
                : Optional.empty();
    }

    private void lookIfStarted(Consumer<HealthCheckResultBuilder> look, HealthCheckResultBuilder result) {
        if (!component.isStarted()) {
            result.unknown().message("The component is not started");
            return;
        }
        try {
            look.accept(result);
        } catch (IllegalArgumentException e) {
            // An option is wrong; the message names it.
            result.down().message(e.getMessage());
        }
    }

    private void lookAtRpc(HealthCheckResultBuilder result) {
        ChainStatus status = client.get().chain();
        result.detail("urls", shownRpcUrls());
        if (isFollowed(status)) {
            result.detail("failures", status.failures())
                    .detail("answeredAt", Objects.toString(status.answeredAt(), "never"));
            judgeCalls(status, result);
            return;
        }
        Optional<Probe.Answer<BigInteger>> answer = newestBlock.look();
        if (answer.isEmpty()) {
            notYet(result);
        } else if (answer.get().failed()) {
            result.down().message(words(answer.get().error()));
        } else {
            result.up();
        }
        client.get().unreadable().ifPresent(why -> result.down().message(why));
    }

    private static boolean isFollowed(ChainStatus status) {
        return status.head() != null || status.failures() > 0;
    }

    /** Sets UP, or DOWN when reading the chain fails for longer. */
    private void judgeCalls(ChainStatus status, HealthCheckResultBuilder result) {
        Optional<String> unreadable = client.get().unreadable();
        boolean silent = status.answeredAt() == null || age(status.answeredAt()).compareTo(LONGEST_SILENCE) > 0;
        if (status.failures() >= FAILURES || (status.failures() > 0 && silent)) {
            result.down()
                    .message("Reading the chain has failed " + status.failures() + " times in a row: "
                            + unreadable.orElse(status.lastError()));
        } else if (unreadable.isPresent()) {
            result.down().message(unreadable.get());
        } else {
            result.up();
        }
    }

    private void lookAtHead(HealthCheckResultBuilder result) {
        ChainStatus status = client.get().chain();
        if (!isFollowed(status)) {
            lookAtAskedHead(result);
            return;
        }
        tellHead(status.head(), status.headSince(), result);
        result.detail("webSocket", status.webSocket().name()).detail("otherAhead", status.otherAhead());
        judgeCalls(status, result);
        if (status.otherAhead()) {
            result.down()
                    .message("Another node of rpcUrl has blocks that the node in use does not have."
                            + " The component switches to the other node; if this lasts, remove the first from rpcUrl");
        }
        judgeStill(status.headSince(), result);
    }

    /** Where the chain is not followed. */
    private synchronized void lookAtAskedHead(HealthCheckResultBuilder result) {
        Optional<Probe.Answer<BigInteger>> answer = newestBlock.look();
        if (answer.isEmpty()) {
            notYet(result);
            return;
        }
        if (answer.get().failed()) {
            askedHeadSince = null;
            result.down().message(words(answer.get().error()));
            return;
        }
        BigInteger number = answer.get().value();
        if (askedHeadSince == null || !number.equals(askedHead)) {
            askedHead = number;
            askedHeadSince = Instant.now();
        }
        tellHead(number, askedHeadSince, result);
        result.up();
        judgeStill(askedHeadSince, result);
    }

    private static void tellHead(BigInteger number, Instant since, HealthCheckResultBuilder result) {
        result.detail("head", Objects.toString(number, "none"));
        if (since != null) {
            result.detail("secondsSinceNewHead", age(since).toSeconds());
        }
    }

    /** Some chains make no empty blocks: an old head is wrong only when a payment waits for a block. */
    private void judgeStill(Instant since, HealthCheckResultBuilder result) {
        int pending = client.get().load().pendingPayments();
        result.detail("pendingPayments", pending);
        Duration limit = orElse(component.getReplaceAfter(), STILL);
        if (pending > 0 && since != null && age(since).compareTo(limit) > 0) {
            result.down()
                    .message("There has been no new block for " + age(since).toSeconds()
                            + " s, although payments of the wallet wait for one. The chain has stopped, or the node at"
                            + " rpcUrl has");
        }
    }

    private void lookAtRelay(HealthCheckResultBuilder result) {
        result.detail("url", shown(component.getRelayUrl()));
        Optional<Probe.Answer<Duration>> answer = relayClock.look();
        if (answer.isEmpty()) {
            notYet(result);
        } else if (answer.get().failed()) {
            result.down()
                    .message("The Relay does not answer: "
                            + words(answer.get().error())
                            + ". Check relayUrl, and that the Relay is up");
        } else {
            result.up().detail("secondsAhead", answer.get().value().toSeconds());
        }
    }

    private void lookAtWallet(HealthCheckResultBuilder result) {
        Optional<Probe.Answer<WalletStatus>> answer = wallet.look();
        if (answer.isEmpty()) {
            notYet(result);
        } else if (answer.get().error() instanceof BudgetExceededException refused) {
            result.down().message(refused.getMessage());
        } else if (answer.get().failed()) {
            result.unknown()
                    .message("The balance cannot be read: " + words(answer.get().error()));
        } else {
            judgeWallet(answer.get().value(), result);
        }
    }

    private void judgeWallet(WalletStatus status, HealthCheckResultBuilder result) {
        BigInteger fee = highestFee();
        BigInteger needed = fee.add(status.mostForGas());
        result.up()
                .detail("balance", TaskResponses.cnx(status.balance()))
                .detail("free", TaskResponses.cnx(status.free()))
                .detail("nextTask", TaskResponses.cnx(needed));
        if (status.free().compareTo(needed) < 0) {
            result.down()
                    .message("The wallet has " + TaskResponses.cnx(status.free())
                            + " CNX to spend, and a task may cost " + TaskResponses.cnx(needed)
                            + " CNX with its gas. Fund the wallet");
        }
    }

    /** The highest fee of the endpoints that run tasks, or else the component's, in wei. */
    private BigInteger highestFee() {
        List<String> fees = component.getCamelContext().getEndpoints().stream()
                .filter(CrynuxEndpoint.class::isInstance)
                .map(CrynuxEndpoint.class::cast)
                .filter(endpoint -> endpoint.getComponent() == component)
                .map(endpoint -> endpoint.getConfiguration().getTaskFee())
                .filter(fee -> fee != null && !fee.isBlank())
                .toList();
        String configured = component.getConfiguration().getTaskFee();
        Stream<String> relevant =
                fees.isEmpty() && configured != null && !configured.isBlank() ? Stream.of(configured) : fees.stream();
        return relevant.map(fee -> FeeRules.wei("Option taskFee", fee))
                .max(BigInteger::compareTo)
                .orElse(BigInteger.ZERO);
    }

    private void lookAtJournal(HealthCheckResultBuilder result) {
        result.detail(
                "durable",
                component.getTaskJournal() != null && component.getTaskJournal().isDurable());
        Optional<Probe.Answer<Boolean>> answer = journal.look();
        if (answer.isPresent() && answer.get().failed()) {
            result.down().message(words(answer.get().error()));
        } else if (answer.isPresent() && answer.get().value()) {
            result.up();
        } else {
            result.unknown().message("The journal is not open yet: the component is not connected");
        }
    }

    private void lookAtLane(HealthCheckResultBuilder result) {
        ClientLoad load = client.get().load();
        result.up()
                .detail("pendingPayments", load.pendingPayments())
                .detail("tasksInFlight", load.inFlight())
                .detail("tasksWaiting", load.waiting());
        if (load.pendingSince() == null) {
            return;
        }
        Duration waiting = age(load.pendingSince());
        result.detail("secondsPending", waiting.toSeconds());
        if (load.missingNonce() != null) {
            result.detail("missingNonce", load.missingNonce().toString());
            judgeGap(load, waiting, result);
        } else if (waiting.compareTo(orElse(component.getTransactionTimeout(), STUCK)) > 0) {
            result.down()
                    .message("The wallet's oldest payment that is in no block has waited " + waiting.toSeconds()
                            + " s, and all later payments wait for it. The gas price may be above maxGasPrice, the chain may"
                            + " have stopped, or another application may use the wallet");
        }
    }

    /** Another application's transaction may have the nonce and be in the next block. */
    private void judgeGap(ClientLoad load, Duration waiting, HealthCheckResultBuilder result) {
        if (waiting.compareTo(orElse(component.getReplaceAfter(), STILL)) > 0) {
            result.down()
                    .message("Nonce " + load.missingNonce()
                            + " of the wallet is missing: the chain expects it, and the "
                            + load.pendingPayments()
                            + " payments of the wallet that are in no block have higher ones, the"
                            + " first for " + waiting.toSeconds() + " s. The next payment takes the missing nonce, or a"
                            + " transfer of 0 CNX from the wallet to itself does after replaceAfter, as soon as the node"
                            + " counts no transaction with it");
        }
    }

    private static void notYet(HealthCheckResultBuilder result) {
        result.unknown().message("The request has been sent, and there is no response yet");
    }

    private static Duration orElse(long millis, Duration switchedOff) {
        return millis > 0 ? Duration.ofMillis(millis) : switchedOff;
    }

    private static Duration age(Instant since) {
        return Duration.between(since, Instant.now());
    }

    private static String words(Throwable error) {
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }

    private String shownRpcUrls() {
        return Arrays.stream(component.getRpcUrl().split(","))
                .map(HealthChecks::shown)
                .collect(Collectors.joining(", "));
    }

    /** The client was built with it, so it is a URL. */
    private static String shown(String url) {
        return HttpTransport.shown(URI.create(url.trim()));
    }
}
