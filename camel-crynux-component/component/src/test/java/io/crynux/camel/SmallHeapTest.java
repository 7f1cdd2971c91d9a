// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.RelayFault;
import io.crynux.testing.RelayProxy;
import io.crynux.testing.RelayProxy.Call;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A result of 200 MB goes through a JVM whose heap could not hold it. */
class SmallHeapTest {
    private static final long SIZE = 200L << 20;

    @TempDir
    Path directory;

    @Test
    void aResultLongerThanTheHeap() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        Path output = directory.resolve("output.txt");
        try (CrynuxDevnet devnet =
                        CrynuxDevnet.builder().blockTime(Duration.ofMillis(100)).start();
                RelayProxy proxy = new RelayProxy(devnet.relayUrl()).always(Call.RESULT, RelayFault.png(SIZE))) {
            Process jvm = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx96m",
                            "-Djava.net.preferIPv4Stack=true",
                            "-Djava.io.tmpdir=" + temporary,
                            "-cp",
                            System.getProperty("java.class.path"),
                            Program.class.getName(),
                            devnet.rpcUrl(),
                            proxy.url(),
                            devnet.contractAddress(),
                            devnet.account(0).privateKey(),
                            directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(jvm.waitFor(120, TimeUnit.SECONDS)).isTrue();
            } finally {
                jvm.destroyForcibly();
            }

            assertThat(jvm.exitValue()).as(() -> read(output)).isZero();
            assertThat(directory.resolve("1.png")).hasSize(SIZE);
            assertThat(temporary).isEmptyDirectory();
        }
    }

    private static String read(Path output) {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    /** What runs in the small JVM: a route that writes an image to a directory. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws Exception {
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                CrynuxComponent crynux = new CrynuxComponent();
                crynux.setRpcUrl(args[0]);
                crynux.setRelayUrl(args[1]);
                crynux.setContractAddress(args[2]);
                crynux.setPrivateKey(args[3]);
                crynux.getConfiguration().setTaskFee("30");
                context.addComponent("crynux", crynux);
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:prompt").to("crynux:sd").to("file:" + args[4]);
                    }
                });
                context.start();
                context.createProducerTemplate().requestBody("direct:prompt", "a lighthouse");
            }
        }
    }
}
