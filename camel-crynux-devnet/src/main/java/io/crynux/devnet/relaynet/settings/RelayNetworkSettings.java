// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.settings;

import java.time.Duration;
import java.util.List;

/**
 * Settings of the network of today, with the names and values of the Relay's example configuration.
 *
 * @param samplingModulus one task in so many is sampled; 100 on the real network, 1 for each task
 * @param queueTimeout time that an image or text task waits for a node, 6 h
 * @param minExecutionTimeout least time for the execution of an image or text task, 60 s
 * @param maxExecutionTimeout greatest time for it, 2 h
 * @param validationTimeout time for the creator's validation after a score or an error, 10 min
 * @param uploadTimeout time for the node's upload after the validation, 10 min
 * @param tick time between two rounds of the dispatcher, and of the search for deadlines, 2 s
 * @param bookingInterval time after which payments, refunds and income are in the ledger's list at the latest, 2 s
 * @param retention age from which ended tasks and events are purged, each hour and at each start of the Relay; zero for never
 * @param whitelist whether only creators on a list may create tasks
 * @param maxBodyBytes the longest body of a request, 32 MiB
 * @param distanceThreshold two images are equal if their perceptual hashes differ in fewer bits, 5
 * @param downloadTime time that a node takes to download a model
 * @param nodeVersion version of the nodes' software
 * @param models ids of the models that nodes have from the beginning, such as {@code base:qwen/qwen2.5-7b}
 */
public record RelayNetworkSettings(
        int samplingModulus,
        Duration queueTimeout,
        Duration minExecutionTimeout,
        Duration maxExecutionTimeout,
        Duration validationTimeout,
        Duration uploadTimeout,
        Duration tick,
        Duration bookingInterval,
        Duration retention,
        boolean whitelist,
        int maxBodyBytes,
        int distanceThreshold,
        Duration downloadTime,
        String nodeVersion,
        List<String> models) {

    public RelayNetworkSettings {
        models = List.copyOf(models);
        if (samplingModulus < 1) {
            throw new IllegalArgumentException("samplingModulus must be at least 1: " + samplingModulus);
        }
        for (Duration time : List.of(
                queueTimeout,
                minExecutionTimeout,
                maxExecutionTimeout,
                validationTimeout,
                uploadTimeout,
                tick,
                bookingInterval)) {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("a timeout must be positive: " + time);
            }
        }
    }

    /** The Relay's example configuration, and the models that the network's documentation names. */
    public static RelayNetworkSettings defaults() {
        return new RelayNetworkSettings(
                100,
                Duration.ofHours(6),
                Duration.ofSeconds(60),
                Duration.ofHours(2),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ZERO,
                false,
                32 * 1024 * 1024,
                5,
                Duration.ofSeconds(5),
                "3.1.0",
                List.of(
                        "base:crynux-network/sdxl-turbo+fp16",
                        "base:crynux-network/sdxl-turbo",
                        "base:crynux-network/stable-diffusion-v1-5+fp16",
                        "base:crynux-network/stable-diffusion-v1-5",
                        "base:crynux-network/stable-diffusion-xl-base-1.0+fp16",
                        "base:crynux-network/stable-diffusion-xl-base-1.0",
                        "base:qwen/qwen2.5-7b",
                        "base:qwen/qwen2.5-7b-instruct",
                        "base:qwen/qwen3-8b"));
    }

    private RelayNetworkSettings times(
            Duration queue, Duration minExecution, Duration maxExecution, Duration validation, Duration upload) {
        return new RelayNetworkSettings(
                samplingModulus,
                queue,
                minExecution,
                maxExecution,
                validation,
                upload,
                tick,
                bookingInterval,
                retention,
                whitelist,
                maxBodyBytes,
                distanceThreshold,
                downloadTime,
                nodeVersion,
                models);
    }

    private RelayNetworkSettings rest(
            int modulus, Duration newTick, Duration newBooking, Duration newRetention, boolean listed, int bodyBytes) {
        return new RelayNetworkSettings(
                modulus,
                queueTimeout,
                minExecutionTimeout,
                maxExecutionTimeout,
                validationTimeout,
                uploadTimeout,
                newTick,
                newBooking,
                newRetention,
                listed,
                bodyBytes,
                distanceThreshold,
                downloadTime,
                nodeVersion,
                models);
    }

    public RelayNetworkSettings withSamplingModulus(int modulus) {
        return rest(modulus, tick, bookingInterval, retention, whitelist, maxBodyBytes);
    }

    public RelayNetworkSettings withQueueTimeout(Duration timeout) {
        return times(timeout, minExecutionTimeout, maxExecutionTimeout, validationTimeout, uploadTimeout);
    }

    /** Limits of the execution time that the Relay computes from the task. */
    public RelayNetworkSettings withExecutionTimeout(Duration least, Duration greatest) {
        return times(queueTimeout, least, greatest, validationTimeout, uploadTimeout);
    }

    public RelayNetworkSettings withValidationTimeout(Duration timeout) {
        return times(queueTimeout, minExecutionTimeout, maxExecutionTimeout, timeout, uploadTimeout);
    }

    public RelayNetworkSettings withUploadTimeout(Duration timeout) {
        return times(queueTimeout, minExecutionTimeout, maxExecutionTimeout, validationTimeout, timeout);
    }

    public RelayNetworkSettings withTick(Duration newTick) {
        return rest(samplingModulus, newTick, bookingInterval, retention, whitelist, maxBodyBytes);
    }

    public RelayNetworkSettings withBookingInterval(Duration interval) {
        return rest(samplingModulus, tick, interval, retention, whitelist, maxBodyBytes);
    }

    public RelayNetworkSettings withRetention(Duration age) {
        return rest(samplingModulus, tick, bookingInterval, age, whitelist, maxBodyBytes);
    }

    public RelayNetworkSettings withWhitelist(boolean listed) {
        return rest(samplingModulus, tick, bookingInterval, retention, listed, maxBodyBytes);
    }

    public RelayNetworkSettings withMaxBodyBytes(int bytes) {
        return rest(samplingModulus, tick, bookingInterval, retention, whitelist, bytes);
    }

    /** Software of the nodes, and the models that they have from the beginning. */
    public RelayNetworkSettings withNodes(String version, List<String> modelIds, Duration download) {
        return new RelayNetworkSettings(
                samplingModulus,
                queueTimeout,
                minExecutionTimeout,
                maxExecutionTimeout,
                validationTimeout,
                uploadTimeout,
                tick,
                bookingInterval,
                retention,
                whitelist,
                maxBodyBytes,
                distanceThreshold,
                download,
                version,
                modelIds);
    }
}
