// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// Hears which nodes can be given a task.
interface FreeNodeListener {
    function nodeIsFree(address node) external;
}

/// The nodes that have joined, which of them are free, how promptly they work, and what becomes of them. Behaves as the
/// devnet's own chain does, which is held to recordings of the network's contracts. Of these it has what tasks depend on, and
/// for the devnet's operator three functions that they have not: joinFor, quitFor and prefer.
contract NodeContract {
    enum Status {
        Quit,
        Available,
        Busy,
        PendingPause,
        PendingQuit,
        Paused
    }

    /// gpu is the hash of the card's name and VRAM, by which equal cards are found.
    struct Node {
        Status status;
        bytes32 gpu;
        uint256 vram;
        uint256 stake;
    }

    /// The scores of a node's newest three tasks, and how many tasks there were since it joined.
    struct Scores {
        uint8 current;
        uint8 previous;
        uint8 beforePrevious;
        uint64 tasks;
    }

    uint256 private constant NODES_OF_A_TASK = 3;
    uint256 private constant SCORED_TASKS = 3;
    uint256 private constant BEST_SCORE = 20;
    uint256 private constant KICK_OUT_SCORE = 20;

    event NodeSlashed(address nodeAddress);
    event NodeKickedOut(address nodeAddress);

    address private immutable operator;
    address private immutable owner;
    uint256 private immutable leastStake;
    address private tasks;

    mapping(address => Node) private all;
    mapping(address => Scores) private scores;

    /// The free nodes, the longest free one first: a ring through the zero address.
    mapping(address => address) private nextFree;
    mapping(address => address) private previousFree;
    mapping(bytes32 => uint256) private freeWithGpu;
    uint256 private free;

    address[] private preferred;

    modifier onlyTasks() {
        require(msg.sender == tasks, "Not called by the task contract");
        _;
    }

    /// @param operatedBy may let nodes join and leave
    /// @param slashedTo gets the stakes of slashed nodes
    /// @param stake in wei that join must bring
    constructor(address operatedBy, address slashedTo, uint256 stake) {
        operator = operatedBy;
        owner = slashedTo;
        leastStake = stake;
    }

    /// Called by the task contract when it is made; the first one is the only one.
    function attach() external {
        require(tasks == address(0), "There is a task contract");
        tasks = msg.sender;
    }

    function join(string calldata gpuName, uint256 gpuVram) external payable {
        require(msg.value >= leastStake, "Staked amount is not enough");
        add(msg.sender, gpuName, gpuVram, msg.value);
    }

    function quit() external {
        remove(msg.sender);
    }

    function pause() external {
        Node storage node = all[msg.sender];
        if (node.status == Status.Available) {
            node.status = Status.Paused;
            setTaken(msg.sender, node.gpu);
        } else {
            require(node.status == Status.Busy, "Illegal node status");
            node.status = Status.PendingPause;
        }
    }

    function resume() external {
        Node storage node = all[msg.sender];
        require(node.status == Status.Paused, "Illegal node status");
        node.status = Status.Available;
        setFree(msg.sender, node.gpu);
    }

    function getNodeStatus(address nodeAddress) external view returns (uint256) {
        return uint256(all[nodeAddress].status);
    }

    /// Lets any address join without a stake.
    function joinFor(address nodeAddress, string calldata gpuName, uint256 gpuVram) external {
        byOperator();
        add(nodeAddress, gpuName, gpuVram, 0);
    }

    function quitFor(address nodeAddress) external {
        byOperator();
        remove(nodeAddress);
    }

    /// Has these nodes be selected before others, in their order, where they can take the task.
    function prefer(address[] calldata nodeAddresses) external {
        byOperator();
        preferred = nodeAddresses;
    }

    function byOperator() private view {
        if (msg.sender != operator) {
            revert();
        }
    }

    function add(address nodeAddress, string calldata gpuName, uint256 gpuVram, uint256 stake) private {
        Node storage node = all[nodeAddress];
        require(node.status == Status.Quit, "Node already joined");
        node.status = Status.Available;
        node.gpu = keccak256(abi.encode(gpuName, gpuVram));
        node.vram = gpuVram;
        node.stake = stake;
        setFree(nodeAddress, node.gpu);
    }

    function remove(address nodeAddress) private {
        Node storage node = all[nodeAddress];
        if (node.status == Status.Available) {
            setTaken(nodeAddress, node.gpu);
            leave(nodeAddress, nodeAddress);
        } else if (node.status == Status.Paused) {
            leave(nodeAddress, nodeAddress);
        } else {
            require(node.status == Status.Busy, "Illegal node status");
            node.status = Status.PendingQuit;
        }
    }

    /// Takes three free nodes for a task, in the order of its rounds, or changes nothing if there are not enough. A card that is
    /// asked for is taken whatever its VRAM.
    /// @param sameGpu whether the three must have equal cards
    /// @param gpu the card that they must have, zero for any
    function select(uint256 vramLimit, bool sameGpu, bytes32 gpu)
        external
        onlyTasks
        returns (bool found, address[NODES_OF_A_TASK] memory selected)
    {
        for (uint256 round = 0; round < NODES_OF_A_TASK; round++) {
            address node = pick(selected, vramLimit, sameGpu, gpu);
            if (node == address(0)) {
                return (false, selected);
            }
            selected[round] = node;
            if (sameGpu) {
                gpu = all[node].gpu;
            }
        }
        for (uint256 round = 0; round < NODES_OF_A_TASK; round++) {
            begin(selected[round]);
        }
        return (true, selected);
    }

    function pick(address[NODES_OF_A_TASK] memory selected, uint256 vramLimit, bool sameGpu, bytes32 gpu)
        private
        view
        returns (address)
    {
        for (uint256 i = 0; i < preferred.length; i++) {
            address wish = preferred[i];
            if (all[wish].status == Status.Available && suits(wish, selected, vramLimit, sameGpu, gpu)) {
                return wish;
            }
        }
        address node = nextFree[address(0)];
        while (node != address(0) && !suits(node, selected, vramLimit, sameGpu, gpu)) {
            node = nextFree[node];
        }
        return node;
    }

    function suits(
        address nodeAddress,
        address[NODES_OF_A_TASK] memory selected,
        uint256 vramLimit,
        bool sameGpu,
        bytes32 gpu
    ) private view returns (bool) {
        if (nodeAddress == selected[0] || nodeAddress == selected[1]) {
            return false;
        }
        Node storage node = all[nodeAddress];
        if (gpu != 0) {
            return node.gpu == gpu;
        }
        return node.vram >= vramLimit && (!sameGpu || freeWithGpu[node.gpu] >= NODES_OF_A_TASK);
    }

    /// The nodes that could start a waiting task together with one that is free: those with an equal card if there are enough,
    /// else those with the most VRAM.
    /// @return found whether there are enough
    /// @return selected the three nodes
    /// @return leastVram of the three
    /// @return gpu the card of all three, zero when they differ
    function selectWith(address root)
        external
        view
        returns (bool found, address[NODES_OF_A_TASK] memory selected, uint256 leastVram, bytes32 gpu)
    {
        if (free < NODES_OF_A_TASK) {
            return (false, selected, 0, 0);
        }
        Node storage first = all[root];
        selected[0] = root;
        bool equals = freeWithGpu[first.gpu] >= NODES_OF_A_TASK;
        for (uint256 round = 1; round < NODES_OF_A_TASK; round++) {
            selected[round] = equals ? pick(selected, 0, true, first.gpu) : dearest(selected);
        }
        Node storage second = all[selected[1]];
        Node storage third = all[selected[2]];
        leastVram = first.vram < second.vram ? first.vram : second.vram;
        leastVram = leastVram < third.vram ? leastVram : third.vram;
        gpu = first.gpu == second.gpu && first.gpu == third.gpu ? first.gpu : bytes32(0);
        return (true, selected, leastVram, gpu);
    }

    /// The free node with the most VRAM; of equals, the longest free one.
    function dearest(address[NODES_OF_A_TASK] memory selected) private view returns (address best) {
        for (address node = nextFree[address(0)]; node != address(0); node = nextFree[node]) {
            bool other = node != selected[0] && node != selected[1];
            if (other && (best == address(0) || all[node].vram > all[best].vram)) {
                best = node;
            }
        }
    }

    function startTask(address nodeAddress) external onlyTasks {
        begin(nodeAddress);
    }

    function begin(address nodeAddress) private {
        Node storage node = all[nodeAddress];
        require(node.status == Status.Available, "Node is not available");
        setTaken(nodeAddress, node.gpu);
        node.status = Status.Busy;
        Scores memory score = scores[nodeAddress];
        scores[nodeAddress] = Scores(0, score.current, score.previous, score.tasks + 1);
    }

    function finishTask(address nodeAddress) external onlyTasks {
        Node storage node = all[nodeAddress];
        mustWork(node);
        if (scoreIsTooLow(nodeAddress)) {
            scores[nodeAddress].tasks = 0;
            leave(nodeAddress, nodeAddress);
            emit NodeKickedOut(nodeAddress);
        } else if (node.status == Status.Busy) {
            node.status = Status.Available;
            setFree(nodeAddress, node.gpu);
        } else if (node.status == Status.PendingQuit) {
            leave(nodeAddress, nodeAddress);
        } else {
            node.status = Status.Paused;
        }
    }

    function slash(address nodeAddress) external onlyTasks {
        mustWork(all[nodeAddress]);
        Scores storage score = scores[nodeAddress];
        score.current = 0;
        score.tasks = 0;
        leave(nodeAddress, owner);
        emit NodeSlashed(nodeAddress);
    }

    function mustWork(Node storage node) private view {
        Status status = node.status;
        require(
            status == Status.Busy || status == Status.PendingPause || status == Status.PendingQuit,
            "Illegal node status"
        );
    }

    /// Adds what a node gets for being the first, second or third, counted from 0, to hand something in.
    function addScore(address nodeAddress, uint256 place) external onlyTasks {
        require(place < NODES_OF_A_TASK, "Invalid index");
        scores[nodeAddress].current += place == 0 ? 10 : place == 1 ? 9 : 6;
    }

    function currentScore(address nodeAddress) external view returns (uint256) {
        return scores[nodeAddress].current;
    }

    function scoreIsTooLow(address nodeAddress) private view returns (bool) {
        Scores memory score = scores[nodeAddress];
        uint256 counted = score.tasks < SCORED_TASKS ? score.tasks : SCORED_TASKS;
        uint256 total = (SCORED_TASKS - counted) * BEST_SCORE;
        total += counted > 0 ? score.current : 0;
        total += counted > 1 ? score.previous : 0;
        total += counted > 2 ? score.beforePrevious : 0;
        return total <= KICK_OUT_SCORE;
    }

    function leave(address nodeAddress, address stakeTo) private {
        uint256 stake = all[nodeAddress].stake;
        delete all[nodeAddress];
        if (stake > 0) {
            (bool paid,) = stakeTo.call{value: stake}("");
            require(paid, "Token transfer failed");
        }
    }

    function setFree(address nodeAddress, bytes32 gpu) private {
        address last = previousFree[address(0)];
        nextFree[last] = nodeAddress;
        previousFree[nodeAddress] = last;
        nextFree[nodeAddress] = address(0);
        previousFree[address(0)] = nodeAddress;
        freeWithGpu[gpu]++;
        free++;
        FreeNodeListener(tasks).nodeIsFree(nodeAddress);
    }

    function setTaken(address nodeAddress, bytes32 gpu) private {
        address before = previousFree[nodeAddress];
        address behind = nextFree[nodeAddress];
        nextFree[before] = behind;
        previousFree[behind] = before;
        delete nextFree[nodeAddress];
        delete previousFree[nodeAddress];
        freeWithGpu[gpu]--;
        free--;
    }
}
