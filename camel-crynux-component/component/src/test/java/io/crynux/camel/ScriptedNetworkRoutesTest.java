// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.error.CrynuxException;
import io.crynux.testing.ScriptedNetwork.Plan;
import io.crynux.testing.ScriptedTask;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Nested;

/**
 * The route tests that name no chain, on a network without one: the same engine, journal and component. What is overridden here
 * is what each network has of its own.
 */
@OnScriptedNetwork
class ScriptedNetworkRoutesTest {

    @Nested
    class AbortedTask extends AbortedTaskTest {}

    @Nested
    class Admission extends AdmissionTest {}

    @Nested
    class AsynchronousProducer extends AsynchronousProducerTest {}

    /** It prepares no transactions: the parameters are those that arrive. */
    @Nested
    class BodyCases extends BodyCasesTest {

        @Override
        String waitFor() {
            return "created";
        }

        @Override
        JsonNode parameters(Exchange out) throws IOException {
            List<ScriptedTask> tasks =
                    ((ScriptedTestNetwork) testNetwork).script().tasks();
            assertThat(tasks).hasSize(1);
            return new ObjectMapper().readTree(tasks.get(0).order().parametersJson());
        }
    }

    /** No task needs gas. */
    @Nested
    class Budget extends BudgetTest {

        @Override
        String spent() {
            return "60 CNX";
        }
    }

    /** A task can be cancelled at any time, and that costs nothing. */
    @Nested
    class CancelOnTimeout extends CancelOnTimeoutTest {

        @Override
        void script(ScriptedTestNetwork network) {
            network.script().refunding(true);
        }

        @Override
        String reason() {
            return testNetwork.failureReason();
        }

        @Override
        int paymentsOfCancellation() {
            return 0;
        }
    }

    @Nested
    class FailedTask extends FailedTaskTest {

        @Override
        void script(ScriptedTestNetwork network) {
            network.removeNodes();
        }

        @Override
        String timeout() {
            return "1s";
        }
    }

    @Nested
    class FileRoute extends FileRouteTest {}

    @Nested
    class FineTuningTask extends FineTuningTaskTest {}

    @Nested
    class Headers extends HeadersTest {}

    @Nested
    class IdempotencyKey extends IdempotencyKeyTest {}

    /** A payment is in no transaction and no block. */
    @Nested
    class ImageTask extends ImageTaskTest {

        @Override
        String[] paymentHeaders() {
            return new String[] {CrynuxConstants.CREATOR};
        }
    }

    @Nested
    class InvalidTask extends InvalidTaskTest {}

    @Nested
    class JournalAcrossRestarts extends JournalAcrossRestartsTest {}

    @Nested
    class LargeResultConversion extends LargeResultConversionTest {}

    @Nested
    class LargeResultInPatterns extends LargeResultInPatternsTest {}

    @Nested
    class ManyTasks extends ManyTasksTest {

        @Override
        String timeout() {
            return "200ms";
        }
    }

    /** It reports neither gas nor calls. */
    @Nested
    class Meters extends MetersTest {

        @Override
        void assertGasAndCalls() {
            assertThat(count("crynux.gas", "kind", "gpt")).isZero();
            assertThat(count("crynux.calls", "target", "rpc", "outcome", "ok")).isZero();
        }
    }

    @Nested
    class OwnSchema extends OwnSchemaTest {}

    @Nested
    class Redelivery extends RedeliveryTest {

        @Override
        void refusePayments() {
            ((ScriptedTestNetwork) testNetwork).script().plan(Plan.REFUSE);
        }

        @Override
        Class<? extends CrynuxException> refusal() {
            return CrynuxException.class;
        }
    }

    @Nested
    class RoutePatterns extends RoutePatternsTest {}

    @Nested
    class Shutdown extends ShutdownTest {

        @Override
        void script(ScriptedTestNetwork network) {
            network.hold();
        }
    }

    @Nested
    class StoppedRoute extends StoppedRouteTest {

        @Override
        void script(ScriptedTestNetwork network) {
            network.hold();
        }

        @Override
        void endTasksSoon() {
            Executor soon = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);
            soon.execute(testNetwork::letGo);
        }
    }

    /** It prepares no transactions, and has no operations. */
    @Nested
    class TaskHeaders extends TaskHeadersTest {

        @Override
        String waitFor() {
            return "created";
        }
    }

    @Nested
    class TextTask extends TextTaskTest {}

    @Nested
    class TimedOutTask extends TimedOutTaskTest {}

    @Nested
    class WaitFor extends WaitForTest {

        @Override
        String node() {
            return "node";
        }
    }

    @Nested
    class WorkerPool extends WorkerPoolTest {}
}
