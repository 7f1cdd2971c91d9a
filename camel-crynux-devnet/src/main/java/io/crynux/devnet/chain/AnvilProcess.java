// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import io.crynux.devnet.http.ListenAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Foundry's anvil, a node for tests with a real EVM, as a process of its own; it ends when this is closed. */
final class AnvilProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnvilProcess.class);
    private static final Duration STARTING = Duration.ofSeconds(20);
    private static final Duration STOPPING = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 10;
    private static final Pattern LISTENING = Pattern.compile("Listening on \\S+:(\\d+)");

    private final Process process;
    private final Path output;
    private final Thread lastResort;
    private final URI url;

    /**
     * Settings of the process.
     *
     * @param time of block 0 in seconds since 1970; the node's clock goes on from it
     * @param automine whether each transaction makes a block; else blocks come when they are asked for
     * @param baseFee of the first block in wei per gas
     */
    record Settings(
            ListenAddress address, long chainId, long blockGasLimit, BigInteger baseFee, long time, boolean automine) {}

    private AnvilProcess(Process process, Path output, ListenAddress address) {
        this.process = process;
        this.output = output;
        this.lastResort = new Thread(process::destroyForcibly, "crynux-devnet-anvil-end");
        Runtime.getRuntime().addShutdownHook(lastResort);
        try {
            this.url = URI.create("http://" + address.authority(awaitPort()));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param binary of anvil
     * @throws IllegalStateException when it does not start, with what it said
     */
    static AnvilProcess start(Path binary, Settings settings) {
        List<String> command = new ArrayList<>(List.of(
                binary.toString(),
                "--host",
                settings.address().host(),
                "--port",
                Integer.toString(settings.address().port()),
                "--chain-id",
                Long.toString(settings.chainId()),
                "--gas-limit",
                Long.toString(settings.blockGasLimit()),
                "--block-base-fee-per-gas",
                settings.baseFee().toString(),
                "--timestamp",
                Long.toString(settings.time()),
                // As the devnet's own chain: who comes first is served first.
                "--order",
                "fifo"));
        if (!settings.automine()) {
            command.add("--no-mining");
        }
        try {
            Path output = Files.createTempFile("crynux-devnet-anvil", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            // It would write down every request.
            builder.environment().put("RUST_LOG", "off");
            return new AnvilProcess(builder.start(), output, settings.address());
        } catch (IOException e) {
            throw new IllegalStateException("anvil cannot be started from " + binary + ": " + e.getMessage(), e);
        }
    }

    private int awaitPort() {
        long end = System.nanoTime() + STARTING.toNanos();
        while (System.nanoTime() < end) {
            Matcher listening = LISTENING.matcher(said());
            if (listening.find()) {
                return Integer.parseInt(listening.group(1));
            }
            if (hasEnded(LOOK_MILLIS)) {
                throw new IllegalStateException(
                        "anvil exited with code " + process.exitValue() + "; its output: " + said().strip());
            }
        }
        throw new IllegalStateException(
                "anvil does not listen after " + STARTING.toSeconds() + " s; its output: " + said());
    }

    private boolean hasEnded(long withinMillis) {
        try {
            return process.waitFor(withinMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for anvil", e);
        }
    }

    private String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its JSON-RPC is. */
    URI url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
        if (!hasEnded(STOPPING.toMillis())) {
            LOG.warn("anvil does not stop; killing it");
            process.destroyForcibly();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException e) {
            LOG.debug("The JVM is shutting down already", e);
        }
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            LOG.debug("{} cannot be deleted", output, e);
        }
    }
}
