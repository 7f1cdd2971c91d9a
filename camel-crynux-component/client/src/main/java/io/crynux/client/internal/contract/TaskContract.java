// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

import io.crynux.client.journal.TaskOrder;
import io.crynux.client.settings.CreateTaskArguments;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.utils.Numeric;

/** The calls that a task creator makes to the Task contract (classic protocol, section 1). */
public final class TaskContract {
    /** The contract reserves dataHash; 32 zero bytes. */
    private static final byte[] ZEROS = new byte[32];

    private static final int WORD_DIGITS = 64;
    /** Counted from 0 in the order of TaskInfo (classic protocol, section 1). */
    private static final int TYPE_MEMBER = 1;

    private static final int CREATOR_MEMBER = 2;
    private static final int TIMEOUT_MEMBER = 15;
    private static final int ADDRESS_DIGITS = 40;

    /** The selector of cancelTask. */
    public static final String CANCEL_TASK = cancelTask(BigInteger.ZERO).substring(0, 10);

    private TaskContract() {}

    /**
     * Calldata of createTask.
     *
     * @param form which createTask the deployment has, not AUTO
     */
    public static String createTask(TaskOrder order, CreateTaskArguments form) {
        ChainTerms terms = ChainTerms.of(order.terms());
        List<Type<?>> arguments = new ArrayList<>(List.of(
                new Uint256(order.kind().code()),
                new Bytes32(Numeric.hexStringToByteArray(order.taskHash())),
                new Bytes32(ZEROS),
                new Uint256(terms.vramLimit()),
                new Uint256(terms.cap())));
        if (form == CreateTaskArguments.SEVEN) {
            arguments.add(new Utf8String(terms.gpuName()));
            arguments.add(new Uint256(terms.gpuVram()));
        }
        return encode("createTask", arguments);
    }

    /** Calldata of a createTask of that type and otherwise of nothing, to be called and never to be sent. */
    public static String createTask(BigInteger taskType, CreateTaskArguments form) {
        List<Type<?>> arguments = new ArrayList<>(
                List.of(new Uint256(taskType), new Bytes32(ZEROS), new Bytes32(ZEROS), new Uint256(0), new Uint256(1)));
        if (form == CreateTaskArguments.SEVEN) {
            arguments.add(new Utf8String(""));
            arguments.add(new Uint256(0));
        }
        return encode("createTask", arguments);
    }

    /** Calldata of a view without arguments, such as totalTasks. */
    public static String view(String name) {
        return encode(name, List.of());
    }

    public static String getTask(BigInteger taskId) {
        return encode("getTask", List.of(new Uint256(taskId)));
    }

    /**
     * From when on the creator may cancel a task that runs: {@code timeout} of TaskInfo, in seconds. All members up to it take
     * one word of the answer each, after the word that points to the struct.
     *
     * @param answer of getTask
     */
    public static Instant deadline(String answer) {
        return Instant.ofEpochSecond(word(answer, TIMEOUT_MEMBER).longValueExact());
    }

    /**
     * Who created the task that getTask tells of; empty where it tells of none, as for tasks that are queued or over.
     *
     * @param answer of getTask
     */
    public static Optional<Creation> creation(String answer, BigInteger taskId) {
        BigInteger creator = word(answer, CREATOR_MEMBER);
        if (creator.signum() == 0 || !word(answer, 0).equals(taskId)) {
            return Optional.empty();
        }
        return Optional.of(new Creation(
                Numeric.toHexStringWithPrefixZeroPadded(creator, ADDRESS_DIGITS),
                word(answer, TYPE_MEMBER).longValueExact()));
    }

    private static BigInteger word(String answer, int member) {
        int start = 2 + WORD_DIGITS * (1 + member);
        return new BigInteger(answer.substring(start, start + WORD_DIGITS), 16);
    }

    public static String cancelTask(BigInteger taskId) {
        return encode("cancelTask", List.of(new Uint256(taskId)));
    }

    private static String encode(String name, List<Type<?>> arguments) {
        return FunctionEncoder.encode(new Function(name, new ArrayList<>(arguments), List.of()));
    }
}
