// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// The tasks that wait for nodes: all of them with the cheapest on top, and groups of those that the same nodes can do with the
/// dearest on top. Binary heaps, as they decide which of two tasks of equal price is served first.
abstract contract TaskQueue {
    uint256 internal constant STABLE_DIFFUSION = 0;
    uint256 internal constant GPT = 1;
    uint256 internal constant LORA = 2;

    struct WaitingTask {
        address creator;
        uint8 taskType;
        bytes32 taskHash;
        bytes32 dataHash;
        uint256 vramLimit;
        uint256 fee;
        uint256 price;
        bytes32 gpu;
    }

    struct Group {
        uint8 taskType;
        uint256 vramLimit;
        bytes32 gpu;
        uint64[] dearestFirst;
    }

    mapping(uint256 => WaitingTask) internal waitingTasks;
    uint64[] private cheapestFirst;
    mapping(bytes32 => Group) private groups;
    bytes32[] private groupKeys;

    function queueLength() internal view returns (uint256) {
        return cheapestFirst.length;
    }

    function cheapestTask() internal view returns (uint256) {
        return cheapestFirst[0];
    }

    function isWaiting(uint256 id) internal view returns (bool) {
        return waitingTasks[id].creator != address(0);
    }

    function enqueue(uint256 id, WaitingTask memory task) internal {
        waitingTasks[id] = task;
        bytes32 key = groupKey(task);
        Group storage group = groups[key];
        if (group.dearestFirst.length == 0) {
            groupKeys.push(key);
            group.taskType = task.taskType;
            if (task.taskType == LORA) {
                group.gpu = task.gpu;
            } else {
                group.vramLimit = task.vramLimit;
            }
        }
        insert(group.dearestFirst, id, true);
        insert(cheapestFirst, id, false);
    }

    function dequeue(uint256 id) internal returns (WaitingTask memory task) {
        task = waitingTasks[id];
        bytes32 key = groupKey(task);
        Group storage group = groups[key];
        take(group.dearestFirst, id, true);
        if (group.dearestFirst.length == 0) {
            delete groups[key];
            forgetGroup(key);
        }
        take(cheapestFirst, id, false);
        delete waitingTasks[id];
    }

    /// Fine-tuning needs a certain card, other tasks need VRAM.
    function groupKey(WaitingTask memory task) private pure returns (bytes32) {
        return task.taskType == LORA
            ? keccak256(abi.encode(task.taskType, 0, task.gpu))
            : keccak256(abi.encode(task.taskType, task.vramLimit, bytes32(0)));
    }

    /// The groups keep the order in which they were opened.
    function forgetGroup(bytes32 key) private {
        uint256 index = 0;
        while (groupKeys[index] != key) {
            index++;
        }
        for (; index + 1 < groupKeys.length; index++) {
            groupKeys[index] = groupKeys[index + 1];
        }
        groupKeys.pop();
    }

    /// The dearest task that three nodes can do, zero for none; where prices are equal, fine-tuning goes before GPT, and GPT
    /// before Stable Diffusion. A task of price 0 never is one.
    /// @param leastVram of the three nodes
    /// @param gpu the card of all three, zero when they differ
    function dearestTask(uint256 leastVram, bytes32 gpu) internal view returns (uint256 best) {
        uint256 price = 0;
        uint8 bestType = 0;
        for (uint256 i = 0; i < groupKeys.length; i++) {
            Group storage group = groups[groupKeys[i]];
            if (fits(group, leastVram, gpu)) {
                uint256 top = group.dearestFirst[0];
                uint256 topPrice = waitingTasks[top].price;
                bool before = topPrice == price && price > 0 && group.taskType > bestType;
                if (topPrice > price || before) {
                    best = top;
                    price = topPrice;
                    bestType = group.taskType;
                }
            }
        }
    }

    function fits(Group storage group, uint256 leastVram, bytes32 gpu) private view returns (bool) {
        if (group.taskType == LORA) {
            return group.gpu == gpu;
        }
        return group.vramLimit <= leastVram && (group.taskType == STABLE_DIFFUSION || gpu != 0);
    }

    function insert(uint64[] storage heap, uint256 id, bool dearest) private {
        heap.push(uint64(id));
        moveUp(heap, heap.length - 1, id, dearest);
    }

    function take(uint64[] storage heap, uint256 id, bool dearest) private {
        uint256 index = 0;
        while (heap[index] != id) {
            index++;
        }
        uint256 last = heap[heap.length - 1];
        heap.pop();
        if (index == heap.length) {
            return;
        }
        if (above(last, id, dearest)) {
            moveUp(heap, index, last, dearest);
        } else {
            moveDown(heap, index, last, dearest);
        }
    }

    function moveUp(uint64[] storage heap, uint256 index, uint256 id, bool dearest) private {
        while (index > 0 && above(id, heap[(index - 1) / 2], dearest)) {
            heap[index] = heap[(index - 1) / 2];
            index = (index - 1) / 2;
        }
        heap[index] = uint64(id);
    }

    function moveDown(uint64[] storage heap, uint256 index, uint256 id, bool dearest) private {
        uint256 child = upperChild(heap, index, dearest);
        while (child < heap.length && above(heap[child], id, dearest)) {
            heap[index] = heap[child];
            index = child;
            child = upperChild(heap, index, dearest);
        }
        heap[index] = uint64(id);
    }

    function upperChild(uint64[] storage heap, uint256 index, bool dearest) private view returns (uint256) {
        uint256 left = 2 * index + 1;
        bool right = left + 1 < heap.length && above(heap[left + 1], heap[left], dearest);
        return right ? left + 1 : left;
    }

    function above(uint256 one, uint256 other, bool dearest) private view returns (bool) {
        uint256 price = waitingTasks[one].price;
        uint256 otherPrice = waitingTasks[other].price;
        return dearest ? price > otherPrice : price < otherPrice;
    }
}
