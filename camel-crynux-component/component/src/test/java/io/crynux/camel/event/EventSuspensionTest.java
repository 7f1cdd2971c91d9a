// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.fault.Fault;
import io.crynux.testing.OnDevnetChainOnly;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.impl.engine.DefaultSupervisingRouteController;
import org.apache.camel.spi.SupervisingRouteController;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Routes of events are suspended, started under supervision, and moved between members of a cluster like any other. */
@Tag("chain")
class EventSuspensionTest {
    @RegisterExtension
    static CrynuxDevnet devnet = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(100))
            .relayLag(Duration.ofMillis(50))
            .workTime(Duration.ofMillis(50))
            .build();

    @TempDir
    Path directory;

    @Test
    void aSuspendedRouteIsToldNothingAndGetsEverythingWhenItIsResumed() throws Exception {
        try (EventApplication application =
                EventApplication.on(devnet).from("crynux:events").start()) {
            String before = application.task("gpt");
            application.awaitTold(1);

            application.context().getRouteController().suspendRoute("events0");
            String during = application.task("answer");
            // The answer came after the block with the event; a look at the chain later nothing was told.
            String evenLater = application.task("answer");
            assertThat(application.what()).containsExactly("TaskSuccess " + before);

            application.context().getRouteController().resumeRoute("events0");
            application.awaitTold(3);
            assertThat(application.what())
                    .containsExactly("TaskSuccess " + before, "TaskSuccess " + during, "TaskSuccess " + evenLater);
        }
    }

    @Test
    @OnDevnetChainOnly("it injects a fault into the node")
    void aSupervisedRouteStartsWhenTheNodeIsThere() throws Exception {
        Fault down = devnet.faults().rpc().down();
        try (EventApplication application = EventApplication.on(devnet)
                .component(crynux -> crynux.setPrivateKey(null))
                .from("crynux:events?creator=any")) {
            SupervisingRouteController supervisor = new DefaultSupervisingRouteController();
            supervisor.setInitialDelay(0);
            supervisor.setBackOffDelay(200);
            application.context().setRouteController(supervisor);
            application.start();
            await().atMost(EventApplication.SOON)
                    .until(() -> !supervisor.getRestartingRoutes().isEmpty());
            down.end();

            await().atMost(EventApplication.SOON)
                    .until(() -> supervisor.getRouteStatus("events0").isStarted());
            try (EventApplication creator = EventApplication.on(devnet).start()) {
                String id = creator.task("gpt");
                assertThat(application.awaitTold(1).get(0).what()).isEqualTo("TaskSuccess " + id);
            }
        }
    }

    @Test
    void oneMemberOfAClusterIsActiveAndTheNextGoesOnWhereItWas() throws Exception {
        MemoryStateRepository offsets = new MemoryStateRepository();
        offsets.start();
        EventApplication first = member(offsets);
        EventApplication second = member(offsets);
        EventApplication active = firstToldOf(first, second);
        EventApplication other = active == first ? second : first;
        int told = active.told().size();
        active.close();
        String next;
        try (EventApplication creator = EventApplication.on(devnet).start()) {
            next = creator.task("gpt");
        }

        assertThat(other.awaitTold(1).get(0).what()).isEqualTo("TaskSuccess " + next);
        assertThat(other.told()).hasSize(1);
        assertThat(active.told()).hasSize(told);
        other.close();
    }

    private EventApplication member(MemoryStateRepository offsets) throws Exception {
        FileLockClusterService locks = new FileLockClusterService();
        locks.setRoot(directory.toString());
        locks.setAcquireLockDelay(100, TimeUnit.MILLISECONDS);
        locks.setAcquireLockInterval(100, TimeUnit.MILLISECONDS);
        EventApplication member = EventApplication.on(devnet)
                .component(crynux -> crynux.setPrivateKey(null))
                .bean("offsets", offsets)
                .from("master:events:crynux:events?creator=any&offsetRepository=#offsets&offsetKey=cluster");
        member.context().addService((CamelClusterService) locks);
        return member.start();
    }

    private static EventApplication firstToldOf(EventApplication first, EventApplication second) throws Exception {
        try (EventApplication creator = EventApplication.on(devnet).start()) {
            creator.task("gpt");
            await().atMost(EventApplication.SOON).until(() -> {
                if (first.told().size() + second.told().size() > 0) {
                    return true;
                }
                // Nobody may have been active when the task ended.
                creator.task("answer");
                return false;
            });
        }
        return first.told().isEmpty() ? second : first;
    }
}
