// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.crynux.devnet.fake.RelayCalls;
import io.crynux.devnet.fault.Fault;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;

/** How a test class of a user gets its network. The classes here are run by an engine of their own. */
class JUnitExtensionTest {
    private static final List<String> SEEN = new ArrayList<>();

    /** Tests that share a network; what each finds of the ones before is told by {@link #SEEN}. */
    static class SharedNetwork {
        @RegisterExtension
        static CrynuxDevnet devnet =
                CrynuxDevnet.builder().nodes(3).blockTime(Duration.ofMillis(50)).build();

        @BeforeEach
        void look() {
            SEEN.add(devnet.relayUrl());
            assertThat(devnet.faults().on()).extracting(Fault::name).isEmpty();
        }

        @Test
        void leavesAFaultOn() {
            devnet.faults().rpc().down();
        }

        @Test
        void leavesTheNodesPaused() {
            devnet.faults().nodes().pause();
        }

        @Test
        void leavesTheBlocksPaused() {
            long height = devnet.chain().access().head().number();
            await().until(() -> devnet.chain().access().head().number() > height);
            devnet.chain().pauseBlocks();
        }

        @Test
        void leavesTheBlocksPausedToo() {
            leavesTheBlocksPaused();
        }

        @Nested
        class InANestedClass {
            @Test
            void isTheSameNetwork() {
                SEEN.add(devnet.relayUrl());
            }
        }
    }

    static class NetworkOfEachTest {
        @RegisterExtension
        CrynuxDevnet devnet = CrynuxDevnet.builder().build();

        @Test
        void one() {
            SEEN.add(devnet.relayUrl());
        }

        @Test
        void another() {
            SEEN.add(devnet.relayUrl());
        }
    }

    /** Two classes that inherit one static field. */
    abstract static class Base {
        @RegisterExtension
        static final CrynuxDevnet INHERITED = CrynuxDevnet.builder().build();

        @Test
        void runs() {
            assertThat(new RelayCalls(INHERITED.relayUrl()).get("/v1/now").status())
                    .isEqualTo(200);
            SEEN.add(INHERITED.relayUrl());
        }
    }

    static class First extends Base {}

    static class Second extends Base {}

    @BeforeEach
    void nothingSeen() {
        SEEN.clear();
    }

    private static void run(int tests, Class<?>... classes) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter");
        for (Class<?> type : classes) {
            kit.selectors(selectClass(type));
        }
        kit.execute().testEvents().assertStatistics(found -> found.started(tests)
                .succeeded(tests));
    }

    private static void assertAllClosed() {
        assertThat(SEEN).isNotEmpty().allSatisfy(url -> assertThatThrownBy(() -> new RelayCalls(url).get("/v1/now"))
                .isInstanceOf(UncheckedIOException.class));
    }

    @Test
    void aStaticFieldIsOneNetworkForTheClassAndEachTestFindsItInOrder() {
        run(5, SharedNetwork.class);

        assertThat(SEEN).hasSize(6).containsOnly(SEEN.get(0));
        assertAllClosed();
    }

    @Test
    void aFieldOfTheInstanceIsANetworkForEachTest() {
        run(2, NetworkOfEachTest.class);

        assertThat(SEEN).hasSize(2).doesNotHaveDuplicates();
        assertAllClosed();
    }

    @Test
    void aFieldInABaseClassStartsAnewForEachClass() {
        run(2, First.class, Second.class);

        assertThat(SEEN).hasSize(2);
        assertAllClosed();
    }

    @Test
    void oneThatDoesNotRunSaysHowToStartIt() {
        CrynuxDevnet devnet = CrynuxDevnet.builder().build();

        assertThatThrownBy(devnet::rpcUrl)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension")
                .hasMessageContaining("start()");
    }
}
