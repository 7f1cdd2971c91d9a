// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import io.crynux.client.internal.protocol.relay.api.Answer;
import io.crynux.client.internal.protocol.relay.api.NodeInfo;
import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Drives a request by its plans against a simulated Relay, in virtual time: loses answers, and stops and reads the journal again. */
final class SimulatedDriver {
    static final Instant START = Instant.parse("2026-11-30T00:00:00Z");

    private final SimulatedRelay relay;
    private final Random random;
    private final double lossRate;
    private final double crashRate;
    private final double eventLossRate;
    private final Terms terms;
    private final boolean ledgerReadable;
    private Life life =
            Life.prepared(SimulatedRelay.CREATOR, "0x" + "11".repeat(32), List.of("c0", "c1", "c2", "c3", "c4"));
    private Instant now = START;
    private int steps;

    /**
     * @param lossRate probability that a call's answer is lost; half of these calls are not done either
     * @param crashRate probability that the process stops after a step; half of it, that an event is missed
     */
    SimulatedDriver(SimulatedRelay relay, TaskKind kind, Random random, double lossRate, double crashRate) {
        this.relay = relay;
        this.random = random;
        this.lossRate = lossRate;
        this.crashRate = crashRate;
        this.eventLossRate = crashRate / 2;
        this.terms = new Terms(kind, SimulatedRelay.FEE, SimulatedRelay.WINDOW, Duration.ZERO);
        this.ledgerReadable = true;
    }

    Life life() {
        return life;
    }

    Outcome outcome() {
        return Outcome.of(life, terms);
    }

    void cancel() {
        life = Changes.cancelled(life);
    }

    /** Until nothing is left to do. */
    void run() {
        runUntil(START.plus(Duration.ofDays(2)));
    }

    void runUntil(Instant end) {
        while (now.isBefore(end)) {
            if (++steps > 50_000) {
                throw new AssertionError("no end: " + life + " " + life.members());
            }
            relay.advanceTo(now);
            hear();
            Plan plan = Planner.plan(life, terms, now);
            if (plan.actions().isEmpty() && plan.next() == null) {
                return;
            }
            if (plan.actions().isEmpty()) {
                Instant next = now.plusSeconds(1);
                now = plan.next().isBefore(next) ? plan.next() : next;
                continue;
            }
            plan.actions().forEach(this::act);
            // Each round of calls takes a second.
            now = now.plusSeconds(1);
            if (random.nextDouble() < crashRate) {
                life = LifeCodec.read(LifeCodec.write(life));
                now = now.plusSeconds(random.nextInt(20));
            }
        }
        relay.advanceTo(now);
    }

    private void hear() {
        relay.events(this::commitment).stream()
                .filter(event -> random.nextDouble() >= eventLossRate)
                .forEach(event -> life = Changes.heard(life, event, now));
    }

    private void act(Action action) {
        life = Changes.sent(life, action, now);
        if (random.nextDouble() < crashRate) {
            // Sent or not, nobody knows.
            if (random.nextBoolean()) {
                perform(action);
            }
            life = LifeCodec.read(LifeCodec.write(life));
            return;
        }
        if (action instanceof Action.Create create) {
            life = Creations.answered(
                    life,
                    create.member(),
                    answer(() -> relay.create(create.member(), commitment(create.member()))),
                    now);
        } else if (action instanceof Action.Look look) {
            life = Changes.looked(
                    life, look.member(), answer(() -> relay.get(look.member(), commitment(look.member()))), now, now);
        } else if (action instanceof Action.Cancel cancel) {
            life = Changes.cancelAnswered(life, cancel.member(), answer(() -> relay.cancel(cancel.member())));
        } else if (action instanceof Action.Validate validate) {
            life = Changes.validateAnswered(life, validate, answer(() -> relay.validate(validate.members())), now);
        } else {
            local(action);
        }
    }

    private void local(Action action) {
        if (action instanceof Action.Decide decide) {
            life = Changes.decided(life, decide.member(), relay.isSelected(decide.member()));
        } else if (action instanceof Action.Download download) {
            life = Changes.downloaded(life, download.member());
        } else if (action instanceof Action.ReadNode) {
            life = Changes.nodeRead(
                    life,
                    new Answer.Done<>(new NodeInfo("0xnode", 2, "GPU+Linux", BigInteger.TEN, "3.1.0", List.of())),
                    now);
        } else if (action instanceof Action.AskLedger ask) {
            boolean there = relay.get(ask.member(), "").isDone();
            life = Creations.ledgerAnswered(
                    life,
                    ask.member(),
                    !ledgerReadable ? LedgerAnswer.UNREADABLE : there ? LedgerAnswer.PAID : LedgerAnswer.NOTHING,
                    now);
        }
    }

    private void perform(Action action) {
        if (action instanceof Action.Create create) {
            relay.create(create.member(), commitment(create.member()));
        } else if (action instanceof Action.Cancel cancel) {
            relay.cancel(cancel.member());
        } else if (action instanceof Action.Validate validate) {
            relay.validate(validate.members());
        }
    }

    private interface RelayCall<T> {
        Answer<T> make();
    }

    private <T> Answer<T> answer(RelayCall<T> call) {
        if (random.nextDouble() >= lossRate) {
            return call.make();
        }
        if (random.nextBoolean()) {
            call.make();
        }
        return new Answer.Refused<>(new Refusal.NoAnswer("lost"));
    }

    private String commitment(int index) {
        return life.member(index).commitment();
    }
}
