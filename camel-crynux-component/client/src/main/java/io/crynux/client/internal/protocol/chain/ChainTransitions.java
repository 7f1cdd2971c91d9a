// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import static io.crynux.client.internal.protocol.chain.ChainStage.CREATED;
import static io.crynux.client.internal.protocol.chain.ChainStage.ENDING;
import static io.crynux.client.internal.protocol.chain.ChainStage.OVER;
import static io.crynux.client.internal.protocol.chain.ChainStage.RECOVERED;
import static io.crynux.client.internal.protocol.chain.ChainStage.REFUSED;
import static io.crynux.client.internal.protocol.chain.ChainStage.SENT;
import static io.crynux.client.internal.protocol.chain.ChainStage.SETTLING;
import static io.crynux.client.internal.protocol.chain.ChainStage.STUCK;
import static io.crynux.client.internal.protocol.chain.ChainStage.SUCCEEDED;
import static io.crynux.client.internal.protocol.chain.ChainStage.UNPAID;
import static io.crynux.client.internal.protocol.chain.ChainStage.UPLOADED;
import static io.crynux.client.internal.protocol.chain.ChainStep.CATCH_UP;
import static io.crynux.client.internal.protocol.chain.ChainStep.CLOSE;
import static io.crynux.client.internal.protocol.chain.ChainStep.CREATE;
import static io.crynux.client.internal.protocol.chain.ChainStep.FAIL;
import static io.crynux.client.internal.protocol.chain.ChainStep.FINALISE;
import static io.crynux.client.internal.protocol.chain.ChainStep.REFUSE;
import static io.crynux.client.internal.protocol.chain.ChainStep.RETRY;
import static io.crynux.client.internal.protocol.chain.ChainStep.REVERT;
import static io.crynux.client.internal.protocol.chain.ChainStep.SEND;
import static io.crynux.client.internal.protocol.chain.ChainStep.SETTLE;
import static io.crynux.client.internal.protocol.chain.ChainStep.SUCCEED;
import static io.crynux.client.internal.protocol.chain.ChainStep.UPLOAD;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Every change of stage that a {@link ChainAttempt} can make. What is not here is a defect of the client. */
final class ChainTransitions {

    /**
     * Stages that a step leads to the same stage.
     *
     * @param when for docs/task-states.md
     */
    record Row(Set<ChainStage> from, ChainStep step, ChainStage to, String when) {
        Row {
            from = Collections.unmodifiableSet(EnumSet.copyOf(from));
        }
    }

    /** One change of stage. */
    record Transition(ChainStage from, ChainStep step, ChainStage to) {}

    /** Its payment is in a block, and nothing says that it has failed. */
    static final Set<ChainStage> IN_A_BLOCK =
            Collections.unmodifiableSet(EnumSet.of(CREATED, UPLOADED, STUCK, SUCCEEDED));

    static final List<Row> ROWS = List.of(
            // To the result. From UNPAID, where the block is read before the node's answer.
            row(UNPAID, SEND, SENT, "the payment has left"),
            row(EnumSet.of(UNPAID, SENT), CREATE, CREATED, "the payment is in a block"),
            row(CREATED, UPLOAD, UPLOADED, "the Relay has the parameters"),
            row(CREATED, UPLOAD, STUCK, "the Relay refuses the parameters"),
            row(STUCK, RETRY, CREATED, "somebody waits again, and they are uploaded again"),
            row(EnumSet.of(CREATED, UPLOADED, STUCK), SUCCEED, SUCCEEDED, "the nodes have agreed"),
            // DONE is an end for whoever waits; a reorganisation after it may have put the task back.
            row(
                    EnumSet.of(CREATED, UPLOADED, SUCCEEDED),
                    FINALISE,
                    SETTLING,
                    "the result is delivered, and the block of the payment final"),
            // Back.
            row(IN_A_BLOCK, REVERT, SENT, "a reorganisation reverts the payment's block"),
            row(SUCCEEDED, REVERT, UPLOADED, "a reorganisation reverts the success"),
            // The node refuses the payment, rightly or not.
            row(UNPAID, REFUSE, REFUSED, "the node refuses the payment"),
            row(REFUSED, CREATE, CREATED, "a refused payment is in a block all the same"),
            row(EnumSet.of(RECOVERED, REFUSED, ENDING), SETTLE, OVER, "another attempt has the refused payment"),
            row(UNPAID, SETTLE, OVER, "nothing has left, and nothing will"),
            // It fails, for good once the block is final.
            row(EnumSet.range(UNPAID, SUCCEEDED), FAIL, ENDING, "it is aborted, reverted or superseded"),
            row(ENDING, CREATE, CREATED, "another variant of the payment is in a block"),
            row(ENDING, REVERT, SENT, "a reorganisation reverts the end of the payment"),
            row(ENDING, REVERT, REFUSED, "a reorganisation reverts the end of a refused payment"),
            row(ENDING, REVERT, CREATED, "a reorganisation reverts the abort, before the upload"),
            row(ENDING, REVERT, UPLOADED, "a reorganisation reverts the abort, after the upload"),
            row(ENDING, REVERT, STUCK, "a reorganisation reverts the abort, without an upload"),
            row(ENDING, REVERT, SUCCEEDED, "a reorganisation reverts the abort, after the success"),
            row(ENDING, FINALISE, SETTLING, "the block of the end is final"),
            row(SETTLING, SETTLE, OVER, "its cost is known"),
            // After a restart, or when another program's task is resumed.
            row(RECOVERED, CATCH_UP, SENT, "its payment is in no block, or no longer"),
            row(RECOVERED, CATCH_UP, REFUSED, "its payment was refused, and is in no block"),
            row(RECOVERED, CATCH_UP, CREATED, "its payment is in a block"),
            row(RECOVERED, CATCH_UP, UPLOADED, "the parameters were uploaded before"),
            row(RECOVERED, CATCH_UP, SUCCEEDED, "it has succeeded"),
            row(RECOVERED, CATCH_UP, ENDING, "it has failed"),
            row(EnumSet.range(RECOVERED, SETTLING), CLOSE, OVER, "the client stops"));

    private static final Set<Transition> ALLOWED = transitions();

    private ChainTransitions() {}

    private static Row row(ChainStage from, ChainStep step, ChainStage to, String when) {
        return row(EnumSet.of(from), step, to, when);
    }

    private static Row row(Set<ChainStage> from, ChainStep step, ChainStage to, String when) {
        return new Row(from, step, to, when);
    }

    /** All changes of stage, in the table's order. */
    static Set<Transition> transitions() {
        Set<Transition> all = new LinkedHashSet<>();
        for (Row row : ROWS) {
            row.from().forEach(from -> all.add(new Transition(from, row.step(), row.to())));
        }
        return all;
    }

    static boolean allow(Transition transition) {
        return ALLOWED.contains(transition);
    }
}
