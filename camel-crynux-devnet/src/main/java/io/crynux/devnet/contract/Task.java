// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A started task.
 *
 * @param nodes the three selected nodes; the place in the list is the round
 * @param timeout second since 1970 after which it can be cancelled
 * @param commitOrder rounds in the order in which their nodes committed or reported an error
 * @param discloseOrder rounds in the order in which their nodes disclosed or reported an error
 * @param success whether two disclosed results agreed
 * @param resultNode the node that uploads the result, the zero address while there is none
 * @param balance what is left of the fee in wei
 */
record Task(
        TaskRequest request,
        List<String> nodes,
        long timeout,
        List<Round> rounds,
        List<Integer> commitOrder,
        List<Integer> discloseOrder,
        boolean success,
        String resultNode,
        boolean aborted,
        BigInteger balance) {
    static final int ROUNDS = 3;
    static final String NO_NODE = "0x" + "0".repeat(40);

    /** What one node has handed in. */
    record Round(String commitment, String nonce, String result) {
        static final String ZERO = "0x" + "0".repeat(64);
        /** The commitment that stands for a reported error. */
        static final String ERROR = "0x" + "0".repeat(63) + "1";

        private static final Round EMPTY = new Round(ZERO, ZERO, "0x");

        boolean committed() {
            return !commitment.equals(ZERO);
        }

        boolean error() {
            return commitment.equals(ERROR);
        }

        boolean disclosed() {
            return !result.equals("0x");
        }

        Round withResult(String newResult) {
            return new Round(commitment, nonce, newResult);
        }
    }

    static Task started(TaskRequest request, List<String> nodes, long timeout) {
        List<Round> rounds = Stream.generate(() -> Round.EMPTY).limit(ROUNDS).toList();
        return new Task(request, nodes, timeout, rounds, List.of(), List.of(), false, NO_NODE, false, request.fee());
    }

    long id() {
        return request.id();
    }

    /** All nodes have committed, at most one of them an error. */
    boolean commitmentsReady() {
        return rounds.stream().allMatch(Round::committed)
                && rounds.stream().filter(Round::error).count() < 2;
    }

    /** The disclosed result that came at the given place; empty for a reported error. */
    String resultAt(int disclosure) {
        return rounds.get(discloseOrder.get(disclosure)).result();
    }

    Task committed(int round, Round committed) {
        return new Task(
                request,
                nodes,
                timeout,
                replaced(round, committed),
                appended(commitOrder, round),
                discloseOrder,
                success,
                resultNode,
                aborted,
                balance);
    }

    Task disclosed(int round, String result) {
        return new Task(
                request,
                nodes,
                timeout,
                replaced(round, rounds.get(round).withResult(result)),
                commitOrder,
                appended(discloseOrder, round),
                success,
                resultNode,
                aborted,
                balance);
    }

    Task withSuccess(boolean newSuccess) {
        return new Task(
                request, nodes, timeout, rounds, commitOrder, discloseOrder, newSuccess, resultNode, aborted, balance);
    }

    Task withResultNode(String node) {
        return new Task(request, nodes, timeout, rounds, commitOrder, discloseOrder, success, node, aborted, balance);
    }

    Task asAborted() {
        return new Task(
                request, nodes, timeout, rounds, commitOrder, discloseOrder, success, resultNode, true, balance);
    }

    Task withBalance(BigInteger newBalance) {
        return new Task(
                request, nodes, timeout, rounds, commitOrder, discloseOrder, success, resultNode, aborted, newBalance);
    }

    private List<Round> replaced(int round, Round replacement) {
        List<Round> changed = new ArrayList<>(rounds);
        changed.set(round, replacement);
        return List.copyOf(changed);
    }

    private static List<Integer> appended(List<Integer> order, int round) {
        List<Integer> longer = new ArrayList<>(order);
        longer.add(round);
        return List.copyOf(longer);
    }
}
