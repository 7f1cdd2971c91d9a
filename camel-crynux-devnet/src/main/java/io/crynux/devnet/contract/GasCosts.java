// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

/**
 * What the contract's work costs beyond the intrinsic gas, as measured on the real contract. The figures of an EVM vary by a
 * few thousand with the state of single storage slots; these are the ones of the recordings' common cases.
 */
final class GasCosts {
    static final long REFUSED_TASK_TYPE = 4_650;
    static final long CREATE = 22_102;
    /** The inner call that looks for nodes; all further work of a started task comes after it. */
    static final long SELECT_NODES = 450_000;

    static final long START = 761_677 - SELECT_NODES - CREATE - REFUSED_TASK_TYPE;
    /** For each selected node that never had a task. */
    static final long START_NEWCOMER = 33_260;

    static final long START_SAME_GPU = 5_624;
    /** For each free node beyond three: 1,127,538 were used with six of one card that never had a task. */
    private static final long START_SPARE_NODE = 81_195;
    /** Measured with three nodes and with six; what more of them cost is not known, and taken for what six cost. */
    private static final int MAX_SPARE_NODES = 3;
    /** In percent, for each of these nodes: with six, disclosures and error reports cost 15 % more. */
    private static final long TELL_SPARE_NODE = 5;

    private static final long START_HEADROOM = 154_603;
    /** A newcomer frees one storage slot less. */
    private static final long START_HEADROOM_OF_NEWCOMER = 4_800;

    static final long SEVEN_ARGUMENTS = 6_433;

    static final long NO_NODES = 84_253;
    static final long QUEUE = 491_277 - NO_NODES - CREATE - REFUSED_TASK_TYPE;
    static final long QUEUE_FIRST_TASK = 34_200;
    static final long QUEUE_NEW_GROUP = 97_159;
    static final long QUEUE_NEW_GPT_GROUP = 137_041;
    static final long QUEUE_HEADROOM = 8_030;
    /** With an eviction slots are freed and used again: less than half of a plain entry in the queue. */
    static final long EVICT = 278_621 - NO_NODES - CREATE - REFUSED_TASK_TYPE;

    static final long EVICT_HEADROOM = 56_048;
    static final long EVICT_CHEAPER = 238_078 - NO_NODES - CREATE - REFUSED_TASK_TYPE;
    static final long EVICT_CHEAPER_HEADROOM = 66_013;

    /** A waiting task that starts inside somebody else's transaction. */
    static final long START_WAITING = 684_124;

    private static final long[] COMMIT = {93_272, 96_176, 97_439};
    static final long DISCLOSE_FIRST = 111_827;
    static final long DISCLOSE_DISAGREES = 168_804;
    static final long DISCLOSE_SETTLES = 691_669;
    static final long DISCLOSE_LAST = 368_223;
    static final long DISCLOSE_LAST_SLASHED = 239_768;
    static final long DISCLOSE_SETTLES_AND_SLASHES = 819_610;
    static final long DISCLOSE_ABORTS = 942_758;
    /** Per storage word that a result needs beyond the first 31 bytes. */
    private static final long RESULT_WORD = 22_242;

    static final long ERROR_FIRST = 120_507;
    static final long ERROR_ABORTS = 867_929;
    static final long ERROR_LAST = 387_261;
    static final long UPLOADED = 329_351;

    static final long REFUSED_DEADLINE = 6_994;
    static final long REFUSED_STRANGER = 14_155;
    static final long REFUSED_UNKNOWN_TASK = 10_172;
    static final long CANCEL_STARTED = 889_722;
    /** After a success two nodes are paid and free already. */
    static final long CANCEL_SUCCEEDED = 322_130;

    static final long CANCEL_WAITING = 153_566;

    static final long JOIN = 802_649;
    /** The devnet's own way in, which the real contract does not have. */
    static final long JOIN_FOR = 380_000;

    static final long NODE_CHANGE = 90_000;
    static final long REFUSED = 10_000;
    static final long VIEW = 30_000;

    private GasCosts() {}

    static long startHeadroom(long newcomers) {
        return START_HEADROOM - newcomers * START_HEADROOM_OF_NEWCOMER;
    }

    /** What more nodes than a task needs add to its start. */
    static long startAmong(int nodes) {
        return spare(nodes) * START_SPARE_NODE;
    }

    /** The gas of a node's disclosure or error report with that number of nodes, given the gas with three. */
    static long tellAmong(int nodes, long gas) {
        return gas + gas * spare(nodes) * TELL_SPARE_NODE / 100;
    }

    private static int spare(int nodes) {
        return Math.min(Math.max(nodes - Task.ROUNDS, 0), MAX_SPARE_NODES);
    }

    static long commit(int place) {
        return COMMIT[place];
    }

    static long result(int bytes) {
        return bytes < 32 ? 0 : (bytes + 31) / 32 * RESULT_WORD;
    }

    /** Freed storage is refunded at the end, up to a fifth of what was used: the limit must cover it all the same. */
    static long headroomOfFreedStorage(long gas) {
        return gas / 4;
    }
}
