// SPDX-License-Identifier: Apache-2.0
// Actions on the devnet. Bodies have the JSON content type, which pages of other sites cannot send.
import { attribute, byId, notify, text } from "./dom.js";
import { wei } from "./format.js";

/** Sends a request and returns its answer; shows a refusal to the user and returns null. */
export async function send(path, body, method = "POST") {
  try {
    const answer = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const json = await answer.json();
    if (!answer.ok) {
      notify(json.message ?? `The devnet answers ${answer.status}`, true);
      return null;
    }
    return json;
  } catch (e) {
    notify("The devnet does not answer", true);
    return null;
  }
}

async function act(path, body, done) {
  const answer = await send(path, body);
  if (answer) {
    notify(done(answer));
    document.dispatchEvent(new Event("devnet-changed"));
  }
}

export function fund(address, amount) {
  return act("chain/fund", { address, wei: wei(amount) }, () => `${amount} CNX arrive with the next block`);
}

function onSubmit(form, action) {
  byId(form).addEventListener("submit", (event) => {
    event.preventDefault();
    action();
  });
}

let paused = false;

export function connectActions() {
  byId("mine").addEventListener("click", () => act("chain/mine", {}, (head) => `Block ${head.number} mined`));
  byId("pause").addEventListener("click", () =>
    act(paused ? "chain/resumeBlocks" : "chain/pauseBlocks", {}, () => (paused ? "Blocks resumed" : "Blocks paused")));
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
