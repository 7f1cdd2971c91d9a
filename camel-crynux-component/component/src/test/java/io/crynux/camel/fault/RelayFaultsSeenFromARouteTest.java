// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.fault;

import static org.awaitility.Awaitility.await;

import io.crynux.client.error.RelayException;
import io.crynux.client.error.ResultUnavailableException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.devnet.Faults;
import io.crynux.devnet.fault.Fault;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** What goes wrong with the Relay costs no second payment; the money is gone before the Relay is asked, and that is told. */
class RelayFaultsSeenFromARouteTest extends FaultsSeenFromARoute {
    private static final String GOES_ON = " The fee of 30 CNX was paid. The task goes on in the network and may still"
            + " succeed, or be cancelled once the contract allows it";
    private static final String IN_TIME = "task … (transaction …) did not end before the deadline; it was ";
    private static final String NO_RESULT_IN_TIME =
            "task … (transaction …) succeeded, but its result had not come when the"
                    + " deadline passed. The fee of 30 CNX was paid";
    private static final String NO_PARAMETERS = "The parameters of task … (transaction …) could not be uploaded: ";
    private static final String NO_RESULT = "The result of task … (transaction …) could not be downloaded: ";
    private static final String LOST = ". The fee of 30 CNX was paid";
    private static final String CANCELLABLE = LOST + "; the task can be cancelled once the contract allows it";
    private static final String NEVER_STARTS =
            "set `cancelOnTimeout` and `maxAttempts=2`: the fee comes back 15 minutes after the start";
    private static final String LATER = "raise `taskTimeout`; see after the Relay";

    static Stream<FaultCase> cases() {
        return Stream.of(whatPasses(), whatDoesNotPass(), refusals(), missedStarts(), results())
                .flatMap(cases -> cases);
    }

    private static Stream<FaultCase> whatPasses() {
        return Stream.of(
                FaultCase.of("relay.down", "for a while")
                        .when(struck("20s", faults -> faults.relay().down().during(Duration.ofMillis(1500))))
                        .answered(),
                passes("relay.respond429", "once, without Retry-After", faults -> faults.relay()
                        .respond429()),
                passes("relay.respond429", "once, with Retry-After", faults -> faults.relay()
                        .respond429(Duration.ofSeconds(2))),
                passes("relay.respond", "once: HTML with 502", faults -> faults.relay()
                        .respond(502)),
                passes("relay.respond", "once: HTML with 200", faults -> faults.relay()
                        .respond(200)),
                passes("relay.respondBody", "once: empty", faults -> faults.relay()
                        .respondBody("")),
                passes("relay.respondBody", "once: `{}`", faults -> faults.relay()
                        .respondBody("{}")),
                passes("relay.respondBody", "once: half of an object", faults -> faults.relay()
                        .respondBody("{\"mess")),
                passes("relay.truncate", "once", faults -> faults.relay().truncate()),
                passes("relay.respondEndlessly", "once", faults -> faults.relay()
                        .respondEndlessly()),
                FaultCase.of("relay.neverAnswer", "once")
                        .with(crynux -> crynux.setRequestTimeout(500))
                        .when(struck(
                                "20s", faults -> faults.relay().neverAnswer().times(1)))
                        .answered(),
                FaultCase.of("relay.slow", "always")
                        .when(struck("20s", faults -> faults.relay().slow(Duration.ofMillis(100))))
                        .answered(),
                FaultCase.of("relay.behind", "by 2 s")
                        .when(struck("20s", faults -> faults.relay().behind(Duration.ofSeconds(2))))
                        .answered(),
                FaultCase.of("relay.clockSkew", "by 100 s")
                        .when(struck("20s", faults -> faults.relay().clockSkew(Duration.ofSeconds(100))))
                        .answered(),
                FaultCase.of("relay.clockSkew", "by -100 s")
                        .when(struck("20s", faults -> faults.relay().clockSkew(Duration.ofSeconds(-100))))
                        .answered());
    }

    private static FaultCase passes(String name, String circumstances, Function<Faults, Fault> fault) {
        return FaultCase.of(name, circumstances)
                .when(struck("20s", faults -> fault.apply(faults).times(1)))
                .answered();
    }

    private static Stream<FaultCase> whatDoesNotPass() {
        return Stream.of(
                FaultCase.of("relay.down", "for ever")
                        .when(struck("6s", faults -> faults.relay().down()))
                        .fails(TaskTimeoutException.class, IN_TIME + "CREATED." + GOES_ON)
                        .warned("uploading the parameters of task … at … has failed 3 times, trying again: …")
                        .paid(1, "30")
                        .todo(LATER + ". The upload goes on after the deadline"),
                FaultCase.of("relay.respond", "for ever: HTML with 200")
                        .when(struck("30s", faults -> faults.relay().respond(200)))
                        .fails(
                                RelayException.class,
                                NO_PARAMETERS
                                        + "The Relay at … answered 5 times with status 200 while uploading the parameters of task"
                                        + " …, but its answer is not JSON. Check that relayUrl is the URL of a Relay, and the"
                                        + " proxies in between" + CANCELLABLE)
                        .paid(1, "30")
                        .todo("correct `relayUrl`"),
                FaultCase.of("relay.behind", "longer than the task has time")
                        .when(struck("3s", faults -> faults.relay().behind(Duration.ofMinutes(1))))
                        .fails(TaskTimeoutException.class, IN_TIME + "CREATED." + GOES_ON)
                        .paid(1, "30")
                        .todo(LATER + ". The upload goes on after the deadline"));
    }

    private static Stream<FaultCase> refusals() {
        return Stream.of(FaultCase.of("relay.refuseTaskArgs", "always")
                .when(struck("20s", faults -> faults.relay().refuseTaskArgs("no such model")))
                .fails(
                        RelayException.class,
                        NO_PARAMETERS
                                + "The Relay at … refused uploading the parameters of task …: task_args: …no such model"
                                + CANCELLABLE)
                .paid(1, "30")
                .todo("correct the parameters; leave `validate` on"));
    }

    private static Stream<FaultCase> missedStarts() {
        return Stream.of(
                FaultCase.of("relay.missStarts", "once: the nodes never get the parameters")
                        .when(struck("4s", faults -> faults.relay().missStarts().times(1)))
                        .fails(TaskTimeoutException.class, IN_TIME + "UPLOADED." + GOES_ON)
                        .paid(1, "30")
                        .todo(NEVER_STARTS),
                FaultCase.of(
                                "relay.missStarts, advanceTime",
                                "once, with `cancelOnTimeout`, 15 minutes after its start")
                        .with(crynux -> crynux.getConfiguration().setCancelOnTimeout(true))
                        .when(route -> {
                            Fault missed = route.faults().relay().missStarts().times(1);
                            var exchange = route.askWithin("2s");
                            await().atMost(Duration.ofSeconds(20)).until(() -> missed.hits() > 0);
                            route.chain().advanceTime(Duration.ofMinutes(16));
                            return FaultyRoute.end(exchange);
                        })
                        .fails(
                                TaskAbortedException.class,
                                "The network aborted task … (transaction …): Task Cancelled. The fee of 30 CNX was paid;"
                                        + " 30 CNX of it was refunded")
                        .paid(2, "0")
                        .todo("nothing; the cancellation costs gas"));
    }

    private static Stream<FaultCase> results() {
        return Stream.of(
                FaultCase.of("relay.lateResults", "by 2 s")
                        .when(struck("20s", faults -> faults.relay().lateResults(Duration.ofSeconds(2))))
                        .answered(),
                FaultCase.of("relay.withholdResults", "for a while")
                        .when(struck(
                                "20s",
                                faults -> faults.relay().withholdResults().times(2)))
                        .answered(),
                FaultCase.of("relay.withholdResults", "for ever")
                        .when(struck("3s", faults -> faults.relay().withholdResults()))
                        .fails(TaskTimeoutException.class, NO_RESULT_IN_TIME)
                        .paid(1, "30")
                        .todo("raise `taskTimeout`"),
                FaultCase.of("relay.truncateResults", "once")
                        .when(struck(
                                "20s",
                                faults -> faults.relay().truncateResults().times(1)))
                        .answered(),
                FaultCase.of("relay.truncateResults", "for ever")
                        .when(struck("8s", faults -> faults.relay().truncateResults()))
                        .fails(TaskTimeoutException.class, NO_RESULT_IN_TIME)
                        .warned("downloading result 0 of task … at … has failed 3 times, trying again: …")
                        .paid(1, "30")
                        .todo(LATER),
                FaultCase.of("relay.respond", "for ever, for results: HTML with 404")
                        .when(route -> {
                            var exchange = route.askWithin("4s");
                            route.awaitParameters();
                            route.faults().relay().respond(404);
                            return FaultyRoute.end(exchange);
                        })
                        .fails(TaskTimeoutException.class, NO_RESULT_IN_TIME)
                        .paid(1, "30")
                        .todo(LATER),
                FaultCase.of("relay.respond", "for ever, for results: HTML with 403")
                        .when(route -> {
                            var exchange = route.ask();
                            route.awaitParameters();
                            route.faults().relay().respond(403);
                            return FaultyRoute.end(exchange);
                        })
                        .fails(
                                ResultUnavailableException.class,
                                NO_RESULT + "The Relay at … refused downloading result 0 of task …: HTTP 403" + LOST)
                        .paid(1, "30")
                        .todo("see who answers in the Relay's place; a redelivery within the route asks again"));
    }

    /** The fault begins when the route has started. */
    private static FaultCase.Script struck(String timeout, Consumer<Faults> fault) {
        return route -> {
            fault.accept(route.faults());
            return FaultyRoute.end(route.askWithin(timeout));
        };
    }
}
