// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import io.crynux.client.internal.protocol.relay.ids.RequestIds;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What is known of one request, as the journal keeps it: data only. {@link Changes} makes the next from an answer, {@link Planner}
 * decides what to do, {@link Outcome} what became of it.
 *
 * @param creator address of its wallet in EIP-55 form. A client with another wallet could validate nothing, and refuses it
 * @param firstNonce nonce of the first task, from which the secrets are derived again
 * @param members the first task, two siblings, and two that rescue error reports
 * @param relaySays what the Relay said about sampling against our own decision, which counts then
 * @param gpu that siblings of a text task require; null until known
 * @param group validation of the first three members
 * @param rescue validation of the first with the two that rescue it
 * @param cancelWanted whether the user wants the request cancelled, or nobody waits for it: no first charge is begun
 * @param cancelRequested whether queued tasks are cancelled
 * @param downloadedFrom member whose result is downloaded, or -1
 */
public record Life(
        String creator,
        String firstNonce,
        List<Member> members,
        Choice relaySays,
        Gpu gpu,
        Call group,
        Call rescue,
        boolean cancelWanted,
        boolean cancelRequested,
        int downloadedFrom) {
    static final int FIRST = 0;
    /** The first and its siblings. */
    static final int GROUP = 3;

    static final List<Integer> RESCUERS = List.of(3, 4);

    public Life {
        members = List.copyOf(members);
        if (members.size() != RequestIds.MEMBERS) {
            throw new IllegalArgumentException("a request has " + RequestIds.MEMBERS + " members");
        }
    }

    /**
     * A request that is about to be journaled.
     *
     * @param creator address of the wallet in EIP-55 form
     * @param commitments of all members, see {@link RequestIds}
     */
    public static Life prepared(String creator, String firstNonce, List<String> commitments) {
        List<Member> members = commitments.stream().map(Member::prepared).toList();
        return new Life(creator, firstNonce, members, Choice.UNKNOWN, null, Call.NEVER, Call.NEVER, false, false, -1);
    }

    Member first() {
        return members.get(FIRST);
    }

    public Member member(int index) {
        return members.get(index);
    }

    /** The first and its siblings. */
    List<Member> trio() {
        return members.subList(0, GROUP);
    }

    /** Whether a task is queued, which can be cancelled. */
    public boolean hasQueued() {
        return members.stream().anyMatch(Member::isQueued);
    }

    /** Whether the member exists only to rescue error reports. */
    public static boolean isRescuer(int index) {
        return RESCUERS.contains(index);
    }

    /** The member with a commitment, from 0. */
    public OptionalInt indexOf(String commitment) {
        return IntStream.range(0, members.size())
                .filter(index -> members.get(index).commitment().equals(commitment))
                .findFirst();
    }

    /** Whether the request is sampled, as far as that is decided: the Relay's word counts. */
    public Choice sampled() {
        return relaySays == Choice.UNKNOWN ? first().selected() : relaySays;
    }

    /** Whether the Relay decided otherwise than the VRF: its modulus is not {@link io.crynux.client.internal.protocol.relay.ids.Sampling#MODULUS}. */
    public boolean samplingDisputed() {
        return relaySays != Choice.UNKNOWN && relaySays != first().selected();
    }

    Life with(int index, Consumer<Member.Draft> change) {
        List<Member> changed = new ArrayList<>(members);
        changed.set(index, members.get(index).with(change));
        return new Life(
                creator,
                firstNonce,
                changed,
                relaySays,
                gpu,
                group,
                rescue,
                cancelWanted,
                cancelRequested,
                downloadedFrom);
    }

    Life withRelaySays(Choice said) {
        return new Life(
                creator, firstNonce, members, said, gpu, group, rescue, cancelWanted, cancelRequested, downloadedFrom);
    }

    Life withGpu(Gpu known) {
        return new Life(
                creator,
                firstNonce,
                members,
                relaySays,
                known,
                group,
                rescue,
                cancelWanted,
                cancelRequested,
                downloadedFrom);
    }

    Life withGroup(Call call) {
        return new Life(
                creator,
                firstNonce,
                members,
                relaySays,
                gpu,
                call,
                rescue,
                cancelWanted,
                cancelRequested,
                downloadedFrom);
    }

    Life withRescue(Call call) {
        return new Life(
                creator,
                firstNonce,
                members,
                relaySays,
                gpu,
                group,
                call,
                cancelWanted,
                cancelRequested,
                downloadedFrom);
    }

    Life withCancel(boolean requested) {
        return new Life(
                creator,
                firstNonce,
                members,
                relaySays,
                gpu,
                group,
                rescue,
                true,
                cancelRequested || requested,
                downloadedFrom);
    }

    Life withDownload(int member) {
        return new Life(
                creator, firstNonce, members, relaySays, gpu, group, rescue, cancelWanted, cancelRequested, member);
    }

    /** Without nonce and commitments. */
    @Override
    public String toString() {
        return "Life[" + SubState.of(this) + "]";
    }
}
