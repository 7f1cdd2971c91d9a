// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.quickstart;

import io.crynux.devnet.CrynuxDevnet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the routes of quickstart.camel.yaml until every prompt is answered. All that is special here is the network in
 * this JVM; with {@code devnet=false} the same routes run on the one that application.properties names.
 */
public final class Quickstart {
    private static final Logger LOG = LoggerFactory.getLogger("quickstart");

    private Quickstart() {}

    /** Properties may be overridden by system properties of the same name. */
    public static void main(String[] args) throws Exception {
        Properties settings = settings();
        if (!Boolean.parseBoolean(settings.getProperty("devnet"))) {
            System.exit(run(settings));
        }
        int exitCode;
        try (CrynuxDevnet devnet =
                CrynuxDevnet.builder().blockTime(Duration.ofMillis(500)).start()) {
            LOG.info("A Crynux network runs in this JVM: chain {}, Relay {}", devnet.rpcUrl(), devnet.relayUrl());
            LOG.info("Watch it in a browser: {}", devnet.pageUrl());
            settings.setProperty("camel.component.crynux.rpcUrl", devnet.rpcUrl());
            settings.setProperty("camel.component.crynux.contractAddress", devnet.contractAddress());
            settings.setProperty("camel.component.crynux.chainId", Long.toString(devnet.chainId()));
            settings.setProperty("camel.component.crynux.relayUrl", devnet.relayUrl());
            settings.setProperty(
                    "camel.component.crynux.privateKey", devnet.account(0).privateKey());
            exitCode = run(settings);
            if (Boolean.parseBoolean(settings.getProperty("devnet.hold"))) {
                hold(devnet);
            }
        }
        System.exit(exitCode);
    }

    /** Keeps the network up until Enter; without a console to press it at, until the program is killed. */
    private static void hold(CrynuxDevnet devnet) throws IOException, InterruptedException {
        LOG.info("The network stays up, to be looked at: {}", devnet.pageUrl());
        LOG.info("Enter or Ctrl-C ends it.");
        if (System.in.read() < 0) {
            Thread.currentThread().join();
        }
    }

    private static int run(Properties settings) throws Exception {
        Instant start = Instant.now();
        Main camel = new Main();
        settings.stringPropertyNames().forEach(name -> camel.addInitialProperty(name, settings.getProperty(name)));
        camel.addInitialProperty("camel.main.durationMaxMessages", Long.toString(prompts(settings)));
        camel.run();
        return camel.getExitCode() != 0 ? camel.getExitCode() : exitCode(settings, start);
    }

    private static Properties settings() throws IOException {
        Properties settings = new Properties();
        try (InputStream file = Quickstart.class.getResourceAsStream("/application.properties")) {
            settings.load(file);
        }
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> settings.containsKey(name) || name.startsWith("camel.component.crynux."))
                .forEach(name -> settings.setProperty(name, System.getProperty(name)));
        return settings;
    }

    /** One result per prompt; a task that failed has said why in the log. */
    private static int exitCode(Properties settings, Instant start) throws IOException {
        long missing = prompts(settings) - files(settings.getProperty("out"), start);
        if (missing > 0) {
            LOG.error("{} prompts have no result", missing);
        }
        return missing > 0 ? 1 : 0;
    }

    private static long prompts(Properties settings) throws IOException {
        return files(settings.getProperty("prompts"), Instant.EPOCH);
    }

    private static long files(String folder, Instant since) throws IOException {
        if (Files.notExists(Path.of(folder))) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            // File times are coarser than clocks on some systems.
            long earliest = since.minusSeconds(1).toEpochMilli();
            return files.map(Path::toFile)
                    .filter(file -> file.isFile() && file.lastModified() >= earliest)
                    .count();
        }
    }
}
