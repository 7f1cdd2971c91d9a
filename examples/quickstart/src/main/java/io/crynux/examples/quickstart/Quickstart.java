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
 * Runs the routes of quickstart.camel.yaml until every prompt is answered. With {@code devnet=true} it starts a Crynux
 * network in this JVM first; with {@code devnet=false} the same routes use the network in application.properties.
 */
public final class Quickstart {
    private static final Logger LOG = LoggerFactory.getLogger("quickstart");

    private Quickstart() {}

    /** System properties override properties of the same name. */
    public static void main(String[] args) throws Exception {
        Properties settings = settings();
        if (!Boolean.parseBoolean(settings.getProperty("devnet"))) {
            System.exit(run(settings));
        }
        int exitCode;
        try (CrynuxDevnet devnet =
                CrynuxDevnet.builder().blockTime(Duration.ofMillis(500)).start()) {
            LOG.info("Started a Crynux network in this JVM: chain {}, Relay {}", devnet.rpcUrl(), devnet.relayUrl());
            LOG.info("Status page: {}", devnet.pageUrl());
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

    /** Keeps the network running until Enter is pressed or, without a console, until the program is killed. */
    private static void hold(CrynuxDevnet devnet) throws IOException, InterruptedException {
        LOG.info("The network keeps running. Status page: {}", devnet.pageUrl());
        LOG.info("Press Enter or Ctrl-C to stop it.");
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

    /** 0 if there is one result per prompt; the log says why a task failed. */
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
            // On some systems, file times are less precise than the clock.
            long earliest = since.minusSeconds(1).toEpochMilli();
            return files.map(Path::toFile)
                    .filter(file -> file.isFile() && file.lastModified() >= earliest)
                    .count();
        }
    }
}
