// SPDX-License-Identifier: Apache-2.0
// The chain as a row of blocks, the newest first; what a reorg has replaced hangs below its successor.
import { attribute, byId, element, keyed, text } from "./dom.js";
import { age, count, short } from "./format.js";

function place() {
  return element("li", { class: "place" });
}

function tile() {
  const made = element(
    "div",
    { class: "block" },
    element("span", { class: "block-number" }),
    element("span", { class: "hash" }),
    element("span", { class: "block-transactions" }),
    element("span", { class: "gas" }, element("span", { class: "gas-used" })),
    element("span", { class: "block-age" }),
  );
  return made;
}

function update(node, block, now) {
  const [number, hash, transactions, gas, seen] = node.children;
  node.classList.toggle("replaced", block.replaced);
  node.classList.toggle("full", block.transactions > 0);
  text(number, count(block.number));
  text(hash, short(block.hash, 0));
  attribute(node, "title", `${block.replaced ? "Replaced by a reorg\n" : ""}${block.hash}\n${count(block.gasUsed)} gas of ${count(block.gasLimit)}`);
  text(transactions, block.transactions === 0 ? "empty" : `${block.transactions} tx`);
  gas.firstChild.style.width = `${Math.max(block.gasUsed > 0 ? 3 : 0, (100 * block.gasUsed) / block.gasLimit)}%`;
  text(seen, age(now - block.seenAt));
}

export function showChain(status) {
  const { chain, now } = status;
  const places = new Map();
  for (const block of chain.blocks) {
    const there = places.get(block.number) ?? [];
    there.push(block);
    places.set(block.number, there);
  }
  keyed(byId("blocks"), [...places.values()], (there) => there[0].number, place, (node, there) => {
    // Of several that were replaced in one place, the last.
    const shown = there.length > 2 ? [there[0], there[there.length - 1]] : there;
    keyed(node, shown, (block) => block.hash, tile, (child, block) => update(child, block, now));
  });

  const head = chain.blocks.find((block) => !block.replaced);
  text(byId("height"), count(chain.height));
  text(byId("block-note"), chain.paused ? "blocks are paused" : blockTime(chain.blockTime));
  text(byId("waiting"), count(chain.waiting));
  text(byId("fee-note"), `base fee ${count(Math.round(Number(chain.baseFee) / 1e8) / 10)} gwei`);
  text(byId("chain-note"), `clock: ${new Date(head.timestamp * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`);
}

function blockTime(milliseconds) {
  if (milliseconds === 0) {
    return "one per transaction";
  }
  return `one every ${milliseconds < 1000 ? `${milliseconds} ms` : `${milliseconds / 1000} s`}`;
}
