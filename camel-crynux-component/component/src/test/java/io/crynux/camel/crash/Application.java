// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.crash;

import io.crynux.camel.CrynuxComponent;
import io.crynux.camel.QuickRelay;
import io.crynux.client.journal.FileTaskJournal;
import io.crynux.client.journal.JournalRecord;
import io.crynux.testing.WatchedJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.SupervisingRouteController;

/**
 * What is killed: an application with a route from files to files, as the manual shows it. At the moment that it is told to
 * die at, it says so and does not go on.
 */
final class Application {
    static final String REACHED = "REACHED";

    private Application() {}

    /**
     * Where a process is to die.
     *
     * @param moment what the journal is told: a state, SETTLED, or NEVER
     * @param written whether the journal has written it then
     * @param occurrence at the how many-th time
     */
    record Moment(String moment, boolean written, int occurrence) {
        static final Moment NEVER = new Moment("NEVER", false, 1);

        boolean isMetBy(JournalRecord record, boolean isWritten) {
            return isWritten == written && moment.equals(name(record));
        }

        private static String name(JournalRecord record) {
            return record.isSettled() ? "SETTLED" : record.state().name();
        }

        @Override
        public String toString() {
            if (equals(NEVER)) {
                return "at random";
            }
            return written ? "after " + moment : "before " + moment;
        }
    }

    /** Arguments: RPC URL, Relay URL, contract, private key, directory, and the moment's three parts. */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[4]);
        Moment moment = new Moment(args[5], Boolean.parseBoolean(args[6]), Integer.parseInt(args[7]));
        AtomicInteger met = new AtomicInteger();
        WatchedJournal journal = new WatchedJournal(
                new FileTaskJournal(directory.resolve("journal").toString()));
        journal.beforeWrite(record -> stopAt(moment, met, record, false));
        journal.afterWrite(record -> stopAt(moment, met, record, true));

        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("journal", journal);
        CrynuxComponent crynux = new CrynuxComponent();
        crynux.setRpcUrl(args[0]);
        crynux.setRelayUrl(args[1]);
        crynux.setContractAddress(args[2]);
        crynux.setPrivateKey(args[3]);
        crynux.getConfiguration().setTaskFee("30");
        crynux.setPollInterval(50);
        QuickRelay.of(crynux);
        crynux.setFinality("3");
        context.addComponent("crynux", crynux);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + directory.resolve("in") + "?delay=100&initialDelay=0")
                        .to("crynux:gpt?idempotencyKey=${file:name}")
                        .to("file:" + directory.resolve("out") + "?tempPrefix=.");
            }
        });
        // A Relay that is down when the application starts does not keep it from running later.
        SupervisingRouteController supervisor = context.getRouteController().supervising();
        supervisor.setInitialDelay(0);
        supervisor.setBackOffDelay(200);
        context.start();
        new CountDownLatch(1).await();
    }

    /** Holds the thread that writes the journal, so that nothing happens until the process is killed. */
    private static void stopAt(Moment moment, AtomicInteger met, JournalRecord record, boolean written) {
        if (moment.isMetBy(record, written) && met.incrementAndGet() >= moment.occurrence()) {
            System.out.println(REACHED);
            System.out.flush();
            while (true) {
                LockSupport.parkNanos(Duration.ofHours(1).toNanos());
            }
        }
    }
}
