// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {FreeNodeListener, NodeContract} from "./NodeContract.sol";
import {TaskQueue} from "./TaskQueue.sol";

/// The tasks: created, given to three nodes, settled, cancelled. Has the functions, events and reverts of the network's Task
/// contract of May 2024, or of the later one with seven arguments, and behaves as the devnet's own chain does, which is held to
/// recordings of the two.
contract TaskContract is TaskQueue, FreeNodeListener {
    uint256 private constant ROUNDS = 3;
    uint256 private constant SCORE_OF_ALL = 50;
    bytes32 private constant ERROR = bytes32(uint256(1));
    /// What is left below this after a payment, in wei, goes with it: it came from rounding.
    uint256 private constant DUST = 3;
    uint256 private constant HASH_BYTES = 8;
    /// Two perceptual hashes that differ in as many bits as this are of different images.
    uint256 private constant DIFFERENT_BITS = 5;

    struct Task {
        address creator;
        uint8 taskType;
        bool success;
        bool aborted;
        uint40 timeout;
        uint8 commits;
        uint8 disclosures;
        bytes32 taskHash;
        bytes32 dataHash;
        uint256 vramLimit;
        uint256 fee;
        uint256 balance;
        address resultNode;
        uint8[ROUNDS] commitOrder;
        uint8[ROUNDS] discloseOrder;
        address[ROUNDS] nodes;
        bytes32[ROUNDS] commitments;
        bytes32[ROUNDS] nonces;
        bytes[ROUNDS] results;
        string gpuName;
        uint256 gpuVram;
    }

    /// What getTask answers.
    struct TaskInfo {
        uint256 id;
        uint256 taskType;
        address creator;
        bytes32 taskHash;
        bytes32 dataHash;
        uint256 vramLimit;
        bool isSuccess;
        address[] selectedNodes;
        bytes32[] commitments;
        bytes32[] nonces;
        uint256[] commitmentSubmitRounds;
        bytes[] results;
        uint256[] resultDisclosedRounds;
        address resultNode;
        bool aborted;
        uint256 timeout;
        uint256 balance;
        uint256 totalBalance;
    }

    /// What getTask of later deployments answers.
    struct TaskInfoWithGpu {
        uint256 id;
        uint256 taskType;
        address creator;
        bytes32 taskHash;
        bytes32 dataHash;
        uint256 vramLimit;
        bool isSuccess;
        address[] selectedNodes;
        bytes32[] commitments;
        bytes32[] nonces;
        uint256[] commitmentSubmitRounds;
        bytes[] results;
        uint256[] resultDisclosedRounds;
        address resultNode;
        bool aborted;
        uint256 timeout;
        uint256 balance;
        uint256 totalBalance;
        string gpuName;
        uint256 gpuVram;
    }

    event TaskPending(
        uint256 taskId, uint256 taskType, address indexed creator, bytes32 taskHash, bytes32 dataHash
    );
    event TaskStarted(
        uint256 taskId,
        uint256 taskType,
        address indexed creator,
        address indexed selectedNode,
        bytes32 taskHash,
        bytes32 dataHash,
        uint256 round
    );
    event TaskResultCommitmentsReady(uint256 indexed taskId);
    event TaskSuccess(uint256 indexed taskId, bytes result, address indexed resultNode);
    event TaskAborted(uint256 indexed taskId, string reason);
    event TaskResultUploaded(uint256 indexed taskId);
    event TaskNodeSuccess(uint256 indexed taskId, address nodeAddress, uint256 fee);
    event TaskNodeSlashed(uint256 indexed taskId, address nodeAddress);
    event TaskNodeCancelled(uint256 indexed taskId, address nodeAddress);

    NodeContract private immutable nodes;
    bool private immutable sevenArguments;
    uint256 private immutable queueSize;
    uint256 private immutable taskTimeout;
    bool private immutable indexedTaskIds;

    mapping(uint256 => Task) private tasks;
    mapping(address => uint256) private nodeTasks;

    uint256 public totalTasks;
    uint256 public totalSuccessTasks;
    uint256 public totalAbortedTasks;

    /// @param takesGpu whether createTask has seven arguments, else five
    /// @param places tasks that can wait for nodes
    /// @param timeout seconds after which a started task can be cancelled
    /// @param indexedIds whether TaskSuccess and TaskAborted have the task's id among their topics
    constructor(NodeContract nodeContract, bool takesGpu, uint256 places, uint256 timeout, bool indexedIds) {
        nodes = nodeContract;
        sevenArguments = takesGpu;
        queueSize = places;
        taskTimeout = timeout;
        indexedTaskIds = indexedIds;
        nodeContract.attach();
    }

    function createTask(uint256 taskType, bytes32 taskHash, bytes32 dataHash, uint256 vramLimit, uint256 cap)
        external
        payable
    {
        if (sevenArguments) {
            revert();
        }
        require(taskType <= GPT, "Invalid task type");
        create(WaitingTask(msg.sender, uint8(taskType), taskHash, dataHash, vramLimit, msg.value, 0, 0), cap, "", 0);
    }

    function createTask(
        uint256 taskType,
        bytes32 taskHash,
        bytes32 dataHash,
        uint256 vramLimit,
        uint256 cap,
        string calldata gpuName,
        uint256 gpuVram
    ) external payable {
        if (!sevenArguments) {
            revert();
        }
        require(taskType <= LORA, "Invalid task type");
        bool named = bytes(gpuName).length > 0;
        require(taskType != LORA || named, "GPU name is empty");
        bytes32 gpu = named ? keccak256(abi.encode(gpuName, gpuVram)) : bytes32(0);
        create(
            WaitingTask(msg.sender, uint8(taskType), taskHash, dataHash, vramLimit, msg.value, 0, gpu),
            cap,
            gpuName,
            gpuVram
        );
    }

    function create(WaitingTask memory task, uint256 cap, string memory gpuName, uint256 gpuVram) private {
        uint256 id = ++totalTasks;
        bool sameGpu = task.taskType == GPT || task.gpu != 0;
        (bool found, address[ROUNDS] memory selected) = nodes.select(task.vramLimit, sameGpu, task.gpu);
        if (found) {
            pending(id, task);
            if (bytes(gpuName).length > 0) {
                tasks[id].gpuName = gpuName;
            }
            if (gpuVram > 0) {
                tasks[id].gpuVram = gpuVram;
            }
            start(id, task, selected);
            return;
        }
        if (queueLength() == queueSize) {
            uint256 evicted = cheapestTask();
            dequeue(evicted);
            taskAborted(evicted, "Task fee is too low");
        }
        pending(id, task);
        task.price = task.fee / cap;
        enqueue(id, task);
    }

    function pending(uint256 id, WaitingTask memory task) private {
        emit TaskPending(id, task.taskType, task.creator, task.taskHash, task.dataHash);
    }

    function start(uint256 id, WaitingTask memory request, address[ROUNDS] memory selected) private {
        Task storage task = tasks[id];
        task.creator = request.creator;
        task.taskType = request.taskType;
        task.timeout = uint40(block.timestamp + taskTimeout);
        task.taskHash = request.taskHash;
        if (request.dataHash != 0) {
            task.dataHash = request.dataHash;
        }
        task.vramLimit = request.vramLimit;
        task.fee = request.fee;
        task.balance = request.fee;
        task.nodes = selected;
        for (uint256 round = 0; round < ROUNDS; round++) {
            nodeTasks[selected[round]] = id;
            emit TaskStarted(
                id,
                request.taskType,
                request.creator,
                selected[round],
                request.taskHash,
                request.dataHash,
                round
            );
        }
    }

    /// Starts the dearest task that can be done, if there are three nodes now. It starts without the card that it asked for.
    function nodeIsFree(address node) external {
        require(msg.sender == address(nodes), "Not called by the node contract");
        if (queueLength() == 0) {
            return;
        }
        (bool found, address[ROUNDS] memory selected, uint256 leastVram, bytes32 gpu) = nodes.selectWith(node);
        if (!found) {
            return;
        }
        uint256 id = dearestTask(leastVram, gpu);
        if (id == 0) {
            return;
        }
        WaitingTask memory task = dequeue(id);
        for (uint256 round = 0; round < ROUNDS; round++) {
            nodes.startTask(selected[round]);
        }
        start(id, task, selected);
    }

    function submitTaskResultCommitment(uint256 taskId, uint256 round, bytes32 commitment, bytes32 nonce) external {
        Task storage task = ofCaller(taskId, round);
        require(task.commitments[round] == 0, "Already submitted");
        require(!task.aborted, "Task is aborted");
        for (uint256 other = 0; other < ROUNDS; other++) {
            require(task.nonces[other] != nonce, "Nonce already used");
        }
        task.commitments[round] = commitment;
        task.nonces[round] = nonce;
        task.commitOrder[task.commits++] = uint8(round);
        tellCommitmentsReady(taskId, task);
    }

    function discloseTaskResult(uint256 taskId, uint256 round, bytes calldata result) external {
        require(result.length > 0, "Invalid result");
        Task storage task = ofCaller(taskId, round);
        require(task.results[round].length == 0, "Already submitted");
        for (uint256 other = 0; other < ROUNDS; other++) {
            require(task.commitments[other] != 0, "Commitments not ready");
        }
        require(!task.aborted, "Task is aborted");
        require(
            keccak256(abi.encodePacked(result, task.nonces[round])) == task.commitments[round],
            "Mismatch result and commitment"
        );
        uint256 place = 0;
        while (task.commitOrder[place] != round) {
            place++;
        }
        nodes.addScore(msg.sender, place);
        nodes.addScore(msg.sender, task.disclosures);
        task.results[round] = result;
        task.discloseOrder[task.disclosures++] = uint8(round);
        check(taskId, task);
    }

    function reportTaskError(uint256 taskId, uint256 round) external {
        Task storage task = ofCaller(taskId, round);
        require(task.commitments[round] == 0, "Already submitted");
        nodes.addScore(msg.sender, task.commits);
        nodes.addScore(msg.sender, task.disclosures);
        task.commitments[round] = ERROR;
        task.commitOrder[task.commits++] = uint8(round);
        task.discloseOrder[task.disclosures++] = uint8(round);
        tellCommitmentsReady(taskId, task);
        check(taskId, task);
    }

    function reportResultsUploaded(uint256 taskId, uint256 round) external {
        Task storage task = ofCaller(taskId, round);
        require(task.resultNode == msg.sender, "Not result round");
        require(!task.aborted, "Task is aborted");
        settle(taskId, task, round);
        deleteIfDone(taskId, task);
        emit TaskResultUploaded(taskId);
    }

    function cancelTask(uint256 taskId) external {
        if (tasks[taskId].creator != address(0)) {
            cancelStarted(taskId, tasks[taskId]);
            return;
        }
        require(isWaiting(taskId), "Task not exist");
        WaitingTask memory task = dequeue(taskId);
        pay(task.creator, task.fee);
        taskAborted(taskId, "Task Cancelled");
    }

    /// All zeros for a task that waits or has ended.
    function getTask(uint256 taskId) external view {
        Task storage task = tasks[taskId];
        TaskInfo memory info;
        if (task.creator != address(0)) {
            describe(taskId, task, info);
        }
        bytes memory answer = sevenArguments ? abi.encode(withGpu(task, info)) : abi.encode(info);
        assembly ("memory-safe") {
            return(add(answer, 32), mload(answer))
        }
    }

    function getNodeTask(address nodeAddress) external view returns (uint256) {
        return nodeTasks[nodeAddress];
    }

    function ofCaller(uint256 taskId, uint256 round) private view returns (Task storage task) {
        task = tasks[taskId];
        require(task.creator != address(0), "Task not exist");
        require(round < ROUNDS, "Round not exist");
        require(task.nodes[round] == msg.sender, "Not selected node");
    }

    function tellCommitmentsReady(uint256 taskId, Task storage task) private {
        uint256 errors = 0;
        for (uint256 round = 0; round < ROUNDS; round++) {
            bytes32 commitment = task.commitments[round];
            if (commitment == 0) {
                return;
            }
            if (commitment == ERROR) {
                errors++;
            }
        }
        if (errors < 2) {
            emit TaskResultCommitmentsReady(taskId);
        }
    }

    /// Draws the conclusions from one more disclosed result or reported error.
    function check(uint256 taskId, Task storage task) private {
        if (task.disclosures == 2) {
            bool firstTwo = agree(task, 0, 1);
            task.success = firstTwo;
            if (firstTwo) {
                settle(taskId, task, task.discloseOrder[1]);
                finish(taskId, task, 0);
            }
        } else if (task.disclosures == ROUNDS) {
            third(taskId, task);
            deleteIfDone(taskId, task);
        }
    }

    function third(uint256 taskId, Task storage task) private {
        uint256 last = task.discloseOrder[2];
        bool firstAndLast = agree(task, 0, 2);
        if (task.success) {
            if (firstAndLast) {
                settle(taskId, task, last);
            } else {
                punish(taskId, task, last);
            }
        } else if (firstAndLast) {
            settle(taskId, task, last);
            punish(taskId, task, task.discloseOrder[1]);
            finish(taskId, task, 0);
        } else if (agree(task, 1, 2)) {
            settle(taskId, task, last);
            punish(taskId, task, task.discloseOrder[0]);
            finish(taskId, task, 1);
        } else {
            refund(task);
            for (uint256 place = 0; place < ROUNDS; place++) {
                cancelNode(taskId, task.nodes[task.discloseOrder[place]]);
            }
            totalAbortedTasks++;
            taskAborted(taskId, "Task result illegal");
            task.aborted = true;
        }
    }

    /// Two results agree: a success when they are results, the end of the task when they are errors.
    function finish(uint256 taskId, Task storage task, uint256 honest) private {
        uint256 round = task.discloseOrder[honest];
        bytes memory result = task.results[round];
        if (result.length > 0) {
            address node = task.nodes[round];
            task.resultNode = node;
            totalSuccessTasks++;
            taskSuccess(taskId, result, node);
            return;
        }
        settle(taskId, task, round);
        totalAbortedTasks++;
        taskAborted(taskId, "Task error reported");
        task.aborted = true;
        for (uint256 other = 0; other < ROUNDS; other++) {
            bytes32 commitment = task.commitments[other];
            if (commitment != 0 && commitment != ERROR) {
                punish(taskId, task, other);
            }
        }
        deleteIfDone(taskId, task);
    }

    function cancelStarted(uint256 taskId, Task storage task) private {
        bool ofNode =
            msg.sender == task.nodes[0] || msg.sender == task.nodes[1] || msg.sender == task.nodes[2];
        require(msg.sender == task.creator || ofNode, "Unauthorized to cancel task");
        require(block.timestamp > task.timeout, "Task has not exceeded the deadline yet");
        refund(task);
        compensate(task);
        if (!task.aborted) {
            taskAborted(taskId, "Task Cancelled");
        }
        for (uint256 round = 0; round < ROUNDS; round++) {
            address node = task.nodes[round];
            if (nodeTasks[node] == taskId) {
                cancelNode(taskId, node);
            }
        }
        delete tasks[taskId];
    }

    /// The nodes that are not to blame for the delay, or all if all were silent, get the score that they would have got.
    function compensate(Task storage task) private {
        uint256 commits = task.commits;
        if (commits == ROUNDS) {
            return;
        }
        for (uint256 place = 0; place < (commits == 0 ? ROUNDS : commits); place++) {
            address node = task.nodes[commits == 0 ? place : task.commitOrder[place]];
            nodes.addScore(node, place);
            nodes.addScore(node, place);
        }
    }

    /// Pays a node and frees it.
    function settle(uint256 taskId, Task storage task, uint256 round) private {
        address node = task.nodes[round];
        uint256 fee = takeShare(task, node);
        pay(node, fee);
        delete nodeTasks[node];
        nodes.finishTask(node);
        emit TaskNodeSuccess(taskId, node, fee);
    }

    /// Gives a node's share back to the creator and throws the node out.
    function punish(uint256 taskId, Task storage task, uint256 round) private {
        address node = task.nodes[round];
        pay(task.creator, takeShare(task, node));
        delete nodeTasks[node];
        nodes.slash(node);
        emit TaskNodeSlashed(taskId, node);
    }

    function takeShare(Task storage task, address node) private returns (uint256 taken) {
        taken = task.fee * nodes.currentScore(node) / SCORE_OF_ALL;
        uint256 left = task.balance - taken;
        if (left < DUST) {
            taken = task.balance;
        }
        task.balance -= taken;
    }

    /// Gives back to the creator what is left of the fee.
    function refund(Task storage task) private {
        uint256 balance = task.balance;
        task.balance = 0;
        pay(task.creator, balance);
    }

    function cancelNode(uint256 taskId, address node) private {
        delete nodeTasks[node];
        nodes.finishTask(node);
        emit TaskNodeCancelled(taskId, node);
    }

    function pay(address to, uint256 amount) private {
        (bool paid,) = to.call{value: amount}("");
        require(paid, "Token transfer failed");
    }

    /// Deletes the task once none of its nodes works on it any more.
    function deleteIfDone(uint256 taskId, Task storage task) private {
        for (uint256 round = 0; round < ROUNDS; round++) {
            if (nodeTasks[task.nodes[round]] == taskId) {
                return;
            }
        }
        delete tasks[taskId];
    }

    /// Compares two disclosures by their places; two reported errors agree.
    function agree(Task storage task, uint256 one, uint256 other) private view returns (bool) {
        bytes memory a = task.results[task.discloseOrder[one]];
        bytes memory b = task.results[task.discloseOrder[other]];
        if (task.taskType == GPT) {
            return keccak256(a) == keccak256(b);
        }
        if (a.length != b.length || a.length % HASH_BYTES != 0) {
            return false;
        }
        for (uint256 from = 0; from < a.length; from += HASH_BYTES) {
            uint256 distance = 0;
            for (uint256 i = from; i < from + HASH_BYTES; i++) {
                for (uint8 bits = uint8(a[i] ^ b[i]); bits != 0; bits &= bits - 1) {
                    distance++;
                }
            }
            if (distance >= DIFFERENT_BITS) {
                return false;
            }
        }
        return true;
    }

    function taskSuccess(uint256 taskId, bytes memory result, address node) private {
        if (indexedTaskIds) {
            emit TaskSuccess(taskId, result, node);
            return;
        }
        // No contract can have two events of one signature.
        bytes memory data = abi.encode(taskId, result);
        bytes32 topic = TaskSuccess.selector;
        assembly ("memory-safe") {
            log2(add(data, 32), mload(data), topic, node)
        }
    }

    function taskAborted(uint256 taskId, string memory reason) private {
        if (indexedTaskIds) {
            emit TaskAborted(taskId, reason);
            return;
        }
        bytes memory data = abi.encode(taskId, reason);
        bytes32 topic = TaskAborted.selector;
        assembly ("memory-safe") {
            log1(add(data, 32), mload(data), topic)
        }
    }

    function describe(uint256 taskId, Task storage task, TaskInfo memory info) private view {
        info.id = taskId;
        info.taskType = task.taskType;
        info.creator = task.creator;
        info.taskHash = task.taskHash;
        info.dataHash = task.dataHash;
        info.vramLimit = task.vramLimit;
        info.isSuccess = task.success;
        info.selectedNodes = new address[](ROUNDS);
        info.commitments = new bytes32[](ROUNDS);
        info.nonces = new bytes32[](ROUNDS);
        info.results = new bytes[](ROUNDS);
        for (uint256 round = 0; round < ROUNDS; round++) {
            info.selectedNodes[round] = task.nodes[round];
            info.commitments[round] = task.commitments[round];
            info.nonces[round] = task.nonces[round];
            info.results[round] = task.results[round];
        }
        info.commitmentSubmitRounds = rounds(task.commitOrder, task.commits);
        info.resultDisclosedRounds = rounds(task.discloseOrder, task.disclosures);
        info.resultNode = task.resultNode;
        info.aborted = task.aborted;
        info.timeout = task.timeout;
        info.balance = task.balance;
        info.totalBalance = task.fee;
    }

    function rounds(uint8[ROUNDS] storage order, uint256 count) private view returns (uint256[] memory list) {
        list = new uint256[](count);
        for (uint256 place = 0; place < count; place++) {
            list[place] = order[place];
        }
    }

    function withGpu(Task storage task, TaskInfo memory info) private view returns (TaskInfoWithGpu memory) {
        return TaskInfoWithGpu(
            info.id,
            info.taskType,
            info.creator,
            info.taskHash,
            info.dataHash,
            info.vramLimit,
            info.isSuccess,
            info.selectedNodes,
            info.commitments,
            info.nonces,
            info.commitmentSubmitRounds,
            info.results,
            info.resultDisclosedRounds,
            info.resultNode,
            info.aborted,
            info.timeout,
            info.balance,
            info.totalBalance,
            task.gpuName,
            task.gpuVram
        );
    }
}
