// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.watch;

import static io.crynux.devnet.fake.TaskLogs.commitmentsReady;
import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.fake.FakeChain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskEventFeedTest {
    private final FakeChain chain = new FakeChain();
    private final TaskEventFeed feed = new TaskEventFeed(chain, FakeChain.CONTRACT);
    private final List<String> heard = new ArrayList<>();

    TaskEventFeedTest() {
        feed.subscribe(new TaskEventListener() {
            @Override
            public void added(TaskEvent event) {
                heard.add("+" + event.taskId());
            }

            @Override
            public void removed(TaskEvent event) {
                heard.add("-" + event.taskId());
            }
        });
    }

    @Test
    void eventsAreToldOnceAndInOrder() {
        chain.block(commitmentsReady(1), commitmentsReady(2));
        chain.block();
        feed.poll();
        feed.poll();
        chain.block(commitmentsReady(3));
        feed.poll();

        assertThat(heard).containsExactly("+1", "+2", "+3");
    }

    @Test
    void aReorgTakesEventsBackNewestFirst() {
        chain.block(commitmentsReady(1));
        chain.block(commitmentsReady(2));
        chain.block(commitmentsReady(3));
        feed.poll();
        chain.forget(2);
        chain.block(commitmentsReady(4));
        feed.poll();

        assertThat(heard).containsExactly("+1", "+2", "+3", "-3", "-2", "+4");
    }

    @Test
    void aReorgToALongerChainIsNoticed() {
        chain.block(commitmentsReady(1));
        feed.poll();
        chain.forget(1);
        chain.block();
        chain.block(commitmentsReady(2));
        chain.block();
        feed.poll();

        assertThat(heard).containsExactly("+1", "-1", "+2");
    }

    @Test
    void blocksWithoutEventsMayBeReplacedByBlocksWithSome() {
        chain.block(commitmentsReady(1));
        chain.block();
        chain.block();
        feed.poll();
        chain.forget(2);
        chain.block(commitmentsReady(2));
        chain.block();
        feed.poll();

        assertThat(heard).containsExactly("+1", "+2");
    }

    @Test
    void aReorgBeforeTheFirstEventIsNoticed() {
        chain.block();
        chain.block();
        feed.poll();
        chain.forget(2);
        chain.block(commitmentsReady(1));
        chain.block();
        chain.block();
        feed.poll();

        assertThat(heard).containsExactly("+1");
    }

    @Test
    void oneListenersFailureIsNotTheOthers() {
        feed.subscribe(new TaskEventListener() {
            @Override
            public void added(TaskEvent event) {
                throw new IllegalStateException("a defect");
            }

            @Override
            public void removed(TaskEvent event) {}
        });
        feed.subscribe(new TaskEventListener() {
            @Override
            public void added(TaskEvent event) {
                heard.add("second");
            }

            @Override
            public void removed(TaskEvent event) {}
        });
        chain.block(commitmentsReady(1));
        feed.poll();
        feed.poll();

        assertThat(heard).containsExactly("+1", "second");
    }
}
