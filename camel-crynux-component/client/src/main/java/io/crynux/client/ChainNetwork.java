// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.internal.evm.ChainSettings;
import io.crynux.client.internal.evm.FollowSettings;
import io.crynux.client.settings.CreateTaskArguments;
import io.crynux.client.settings.GasSettings;
import io.crynux.client.settings.LogSource;
import io.crynux.client.settings.RelaySettings;
import io.crynux.client.settings.WaitMethod;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.web3j.crypto.WalletUtils;

/**
 * The classic network: tasks are created and paid on an EVM chain, and a Relay takes their parameters and results. Required:
 * rpcUrl and contractAddress; for tasks also relayUrl. Immutable.
 */
public final class ChainNetwork implements Network {
    /** Default timeout of tasks: one hour. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

    private static final List<String> RPC_SCHEMES = List.of("http", "https", "ws", "wss");

    private final URI relayUrl;
    private final RelaySettings relay;
    private final WaitMethod waitMethod;
    private final ChainSettings chain;

    private ChainNetwork(Builder from) {
        relayUrl = from.relayUrl;
        relay = from.relay;
        waitMethod = from.waitMethod;
        chain = new ChainSettings(
                from.rpcUrls,
                from.contractAddress,
                from.chainId,
                from.createTaskArguments,
                new FollowSettings(from.pollInterval, from.webSocketUrls, from.logSource, from.maxBlockRange),
                from.gas,
                from.maxPendingTransactions);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Null without a Relay. */
    URI relayUrl() {
        return relayUrl;
    }

    RelaySettings relay() {
        return relay;
    }

    WaitMethod waitMethod() {
        return waitMethod;
    }

    ChainSettings chain() {
        return chain;
    }

    /** Builds a {@link ChainNetwork}. */
    public static final class Builder {
        private List<URI> rpcUrls = List.of();
        private List<URI> webSocketUrls = List.of();
        private URI relayUrl;
        private String contractAddress;
        private Long chainId;
        private CreateTaskArguments createTaskArguments = CreateTaskArguments.AUTO;
        private Duration pollInterval = FollowSettings.DEFAULT_POLL_INTERVAL;
        private LogSource logSource = LogSource.LOGS;
        private int maxBlockRange = FollowSettings.DEFAULT_MAX_BLOCK_RANGE;
        private WaitMethod waitMethod = WaitMethod.FOLLOW;
        private GasSettings gas = GasSettings.DEFAULT;
        private int maxPendingTransactions = ChainSettings.DEFAULT_MAX_PENDING_TRANSACTIONS;
        private RelaySettings relay = RelaySettings.DEFAULT;

        private Builder() {}

        /**
         * JSON-RPC endpoints of one chain, separated by commas. The client uses one http:// or https:// URL until it fails or
         * limits the rate, then the next; it refuses one that is on another chain. ws:// and wss:// URLs only report new
         * blocks, so that the client does not wait for its next poll. User and password of a URL
         * ({@code https://user:password@host/}, percent-encoded) are sent to its host as Basic credentials.
         */
        public Builder rpcUrl(String urls) {
            List<URI> all = Arrays.stream(urls.split(","))
                    .map(url -> NetworkUrl.parse("rpcUrl", url, RPC_SCHEMES))
                    .toList();
            rpcUrls = all.stream()
                    .filter(url -> url.getScheme().startsWith("http"))
                    .toList();
            webSocketUrls =
                    all.stream().filter(url -> url.getScheme().startsWith("ws")).toList();
            if (rpcUrls.isEmpty()) {
                throw new IllegalArgumentException("rpcUrl has only WebSocket URLs, which only report new blocks. Add"
                        + " the http:// or https:// URL of a node of the same chain");
            }
            return this;
        }

        /** URL of the Relay, for example {@code https://relay.example.org}; credentials as in {@link #rpcUrl}. */
        public Builder relayUrl(String url) {
            relayUrl = NetworkUrl.parse("relayUrl", url, NetworkUrl.HTTP);
            return this;
        }

        /** Address of the network's Task contract. */
        public Builder contractAddress(String address) {
            if (!WalletUtils.isValidAddress(address)) {
                throw new IllegalArgumentException(
                        "contractAddress '" + address + "' is not an address (0x and 40 hex digits)");
            }
            contractAddress = address.toLowerCase(Locale.ROOT);
            return this;
        }

        /** Chain id that the chain must have; by default any. */
        public Builder chainId(Long id) {
            if (id != null && id < 1) {
                throw new IllegalArgumentException("chainId is " + id + "; it must be 1 or more");
            }
            chainId = id;
            return this;
        }

        /** Number of arguments of the contract's createTask; by default detected when the client connects. */
        public Builder createTaskArguments(CreateTaskArguments arguments) {
            createTaskArguments = arguments;
            return this;
        }

        /** Interval at which the client polls the chain; default one second. */
        public Builder pollInterval(Duration interval) {
            pollInterval = interval;
            return this;
        }

        /** JSON-RPC calls that read the contract's events; default eth_getLogs. */
        public Builder logSource(LogSource source) {
            logSource = source;
            return this;
        }

        /** Maximum number of blocks of one eth_getLogs, default 2,000; the client halves it if the node refuses the range. */
        public Builder maxBlockRange(int blocks) {
            maxBlockRange = blocks;
            return this;
        }

        /** How the client learns the outcome of its tasks; default {@link WaitMethod#FOLLOW}. */
        public Builder waitMethod(WaitMethod method) {
            waitMethod = Objects.requireNonNull(method, "waitMethod");
            return this;
        }

        /** Gas limit and gas price of payments; default {@link GasSettings#DEFAULT}. */
        public Builder gas(GasSettings settings) {
            gas = settings;
            return this;
        }

        /** Maximum number of unmined payments of the wallet, default 16; further ones wait unsigned. */
        public Builder maxPendingTransactions(int count) {
            maxPendingTransactions = count;
            return this;
        }

        /** Retries of requests to the Relay; default {@link RelaySettings#DEFAULT}. */
        public Builder relay(RelaySettings settings) {
            relay = settings;
            return this;
        }

        /** @throws IllegalArgumentException naming the setting that is missing or cannot be */
        public ChainNetwork build() {
            require(!rpcUrls.isEmpty(), "rpcUrl");
            require(contractAddress != null, "contractAddress");
            return new ChainNetwork(this);
        }

        private static void require(boolean given, String setting) {
            if (!given) {
                throw new IllegalArgumentException(setting + " is missing");
            }
        }
    }
}
