// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import io.crynux.devnet.ledger.Contract;
import io.crynux.devnet.ledger.Frame;
import java.math.BigInteger;

/** The Task contract: finds the function that the calldata names. */
final class TaskContract implements Contract {
    static final String CREATE_5 = Calldata.selectorOf("createTask(uint256,bytes32,bytes32,uint256,uint256)");
    static final String CREATE_7 =
            Calldata.selectorOf("createTask(uint256,bytes32,bytes32,uint256,uint256,string,uint256)");
    static final String CANCEL = Calldata.selectorOf("cancelTask(uint256)");
    private static final String COMMIT =
            Calldata.selectorOf("submitTaskResultCommitment(uint256,uint256,bytes32,bytes32)");
    private static final String DISCLOSE = Calldata.selectorOf("discloseTaskResult(uint256,uint256,bytes)");
    private static final String ERROR = Calldata.selectorOf("reportTaskError(uint256,uint256)");
    private static final String UPLOADED = Calldata.selectorOf("reportResultsUploaded(uint256,uint256)");
    private static final String GET_TASK = Calldata.selectorOf("getTask(uint256)");
    static final String GET_NODE_TASK = Calldata.selectorOf("getNodeTask(address)");
    private static final String TOTAL = Calldata.selectorOf("totalTasks()");
    private static final String SUCCEEDED = Calldata.selectorOf("totalSuccessTasks()");
    private static final String ABORTED = Calldata.selectorOf("totalAbortedTasks()");

    private final ContractSettings settings;
    private final ContractFaults faults;

    TaskContract(ContractSettings settings, ContractFaults faults) {
        this.settings = settings;
        this.faults = faults;
    }

    @Override
    public String call(Frame frame) {
        ContractCall call = new ContractCall(frame, settings);
        String selector = call.data.selector();
        boolean create =
                selector.equals(settings.version() == TaskContractVersion.SEVEN_ARGUMENTS ? CREATE_7 : CREATE_5);
        if (create) {
            faults.apply(frame);
            new TaskCreation(call).create();
            return "0x";
        }
        if (frame.value().signum() != 0) {
            throw Reverts.empty();
        }
        return change(selector, call) ? "0x" : view(selector, call);
    }

    private static boolean change(String selector, ContractCall call) {
        if (selector.equals(CANCEL)) {
            new TaskCancellation(call).cancel();
        } else if (selector.equals(COMMIT)) {
            new TaskRounds(call).commit();
        } else if (selector.equals(DISCLOSE)) {
            new TaskRounds(call).disclose();
        } else if (selector.equals(ERROR)) {
            new TaskRounds(call).reportError();
        } else if (selector.equals(UPLOADED)) {
            new TaskRounds(call).reportUploaded();
        } else {
            return false;
        }
        return true;
    }

    private String view(String selector, ContractCall call) {
        call.use(GasCosts.VIEW);
        if (selector.equals(GET_TASK)) {
            BigInteger id = call.data.number(0);
            return call.tasks
                    .find(id)
                    .map(task -> TaskInfo.of(task, settings.version()))
                    .orElseGet(() -> TaskInfo.none(settings.version()));
        }
        if (selector.equals(GET_NODE_TASK)) {
            return number(call.tasks.taskOf(call.data.address(0)));
        }
        if (selector.equals(TOTAL)) {
            return number(call.tasks.counters().created());
        }
        if (selector.equals(SUCCEEDED)) {
            return number(call.tasks.counters().succeeded());
        }
        if (selector.equals(ABORTED)) {
            return number(call.tasks.counters().aborted());
        }
        throw Reverts.empty();
    }

    private static String number(long value) {
        return new AbiEncoder().number(value).hex();
    }

    @Override
    public String code() {
        return CrynuxContracts.CODE;
    }
}
