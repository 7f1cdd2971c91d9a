// SPDX-License-Identifier: Apache-2.0
// What the page has the devnet do. Bodies are JSON with that content type, which no page of a stranger can send.
import { attribute, byId, tell, text } from "./dom.js";
import { wei } from "./format.js";

/** Sends a request and gives its answer; a refusal is told to the user and gives null. */
export async function send(path, body, method = "POST") {
  try {
    const answer = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const json = await answer.json();
    if (!answer.ok) {
      tell(json.message ?? `The devnet answers ${answer.status}`, true);
      return null;
    }
    return json;
  } catch (e) {
    tell("The devnet does not answer", true);
    return null;
  }
}

async function act(path, body, done) {
  const answer = await send(path, body);
  if (answer) {
    tell(done(answer));
    document.dispatchEvent(new Event("devnet-changed"));
  }
}

export function fund(address, amount) {
  return act("chain/fund", { address, wei: wei(amount) }, () => `${amount} CNX are there with the next block`);
}

function onSubmit(form, action) {
  byId(form).addEventListener("submit", (event) => {
    event.preventDefault();
    action();
  });
}

let paused = false;

export function connectActions() {
  byId("mine").addEventListener("click", () => act("chain/mine", {}, (head) => `Block ${head.number}`));
  byId("pause").addEventListener("click", () =>
    act(paused ? "chain/resumeBlocks" : "chain/pauseBlocks", {}, () => (paused ? "Blocks go on" : "Blocks wait")));
  onSubmit("advance", () => {
    const time = byId("advance-time").value;
    act("chain/advanceTime", { time }, () => `The next block is ${time} later`);
  });
  onSubmit("reorg", () => {
    const depth = Number(byId("reorg-depth").value);
    const transactions = byId("reorg-transactions").value;
    act("chain/reorg", { depth, transactions }, () => `${depth} ${depth === 1 ? "block" : "blocks"} replaced`);
  });
  onSubmit("fund", () => fund(byId("fund-address").value, byId("fund-amount").value));
}

export function showActions(chain) {
  paused = chain.paused;
  text(byId("pause"), paused ? "Resume blocks" : "Pause blocks");
  attribute(byId("pause"), "aria-pressed", paused);
}
