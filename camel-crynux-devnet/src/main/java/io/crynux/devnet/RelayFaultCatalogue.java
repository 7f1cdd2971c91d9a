// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.relaynet.fault.CallFaults;
import io.crynux.devnet.relaynet.fault.RelayCall;
import io.crynux.devnet.relaynet.fault.RelayNetworkFault;
import io.crynux.devnet.relaynet.fault.RelayNetworkFaults;
import java.time.Duration;

/** The faults of a network of today by their names over HTTP. */
final class RelayFaultCatalogue {
    private final RelayNetworkFaults faults;
    private final KnownFaults known = new KnownFaults();

    RelayFaultCatalogue(RelayNetworkFaults faults) {
        this.faults = faults;
        for (RelayNetworkFault fault : RelayNetworkFault.values()) {
            known.add(fault.id(), with -> begin(fault, with), fault.parameters());
        }
    }

    /** The faults that can begin. */
    KnownFaults known() {
        return known;
    }

    private Fault begin(RelayNetworkFault fault, ControlParameters with) {
        return switch (fault) {
            case DOWN -> calls(with).down();
            case RESPOND_429 ->
                with.optionalDuration("retryAfter").map(calls(with)::respond429).orElseGet(calls(with)::respond429);
            case RESPOND -> calls(with).respond(FaultCatalogue.status(with.number("status")));
            case RESPOND_BODY -> calls(with).respondBody(with.text("body"));
            case SLOW -> calls(with).slow(with.duration("delay"));
            case TRUNCATE -> calls(with).truncate();
            case NEVER_ANSWER -> calls(with).neverAnswer();
            case RESPOND_ENDLESSLY -> calls(with).respondEndlessly();
            case LOSE_ANSWER -> calls(with).loseAnswer();
            case LATE_ANSWER -> calls(with).lateAnswer(with.duration("delay"));
            case DATABASE_AWAY -> faults.databaseAway();
            case WITHDRAW_WHITELIST -> faults.withdrawWhitelist();
            case CLOCK_SKEW -> faults.clockSkew(Duration.ofSeconds(with.number("seconds")));
            case LATE_EVENTS -> faults.lateEvents(with.duration("delay"));
            case EVENT_GAPS -> faults.eventGaps(with.number("ids"));
            case NODE_ERROR -> faults.nodes().error();
            case NODE_HANG -> faults.nodes().hang();
            case NODE_CHEAT -> faults.nodes().cheat();
            case NODE_COLLUDE -> faults.nodes().collude();
            case NODE_SLOW -> faults.nodes().slow(with.duration("work"));
            case NODE_NEVER_UPLOAD -> faults.nodes().neverUpload();
            case NODE_UPLOAD_LATE -> faults.nodes().uploadLate(with.duration("delay"));
            case NODE_PAUSE -> faults.nodes().pause();
        };
    }

    private CallFaults calls(ControlParameters with) {
        return faults.on(with.optionalText("call").map(RelayCall::named).orElse(RelayCall.ANY));
    }
}
