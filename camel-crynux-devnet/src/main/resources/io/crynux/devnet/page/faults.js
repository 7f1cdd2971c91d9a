// SPDX-License-Identifier: Apache-2.0
// Faults that are on, switches for the usual ones, and a form for all.
import { attribute, byId, element, keyed, notify, text } from "./dom.js";
import { count, span } from "./format.js";
import { send } from "./actions.js";

const USUAL = [
  { label: "RPC: 429", body: { fault: "rpc.respond429" } },
  { label: "RPC: down", body: { fault: "rpc.down" } },
  { label: "RPC: 2 s slower", body: { fault: "rpc.slow", delay: "2s" } },
  { label: "RPC: no logs", body: { fault: "rpc.emptyLogs" } },
  { label: "Relay: down", body: { fault: "relay.down" } },
  { label: "Relay: 10 s behind", body: { fault: "relay.behind", lag: "10s" } },
  { label: "Relay: no results", body: { fault: "relay.withholdResults" } },
  { label: "One node cheats", body: { fault: "nodes.cheat", nodes: 1 } },
  { label: "Two nodes fail", body: { fault: "nodes.fail", nodes: 2 } },
  { label: "Nodes pause", body: { fault: "nodes.pause" } },
];

/** Parameters of faults, with a first value. A fault that is not listed has none. */
const PARAMETERS = {
  respond429: { retryAfter: "2s" },
  respond: { status: 503 },
  respondBody: { body: "{}" },
  slow: { delay: "2s" },
  lateLogs: { blocks: 2 },
  respondError: { method: "eth_call", code: -32000, message: "header not found" },
  laggingReplica: { blocks: 3, every: 2 },
  behind: { lag: "10s" },
  clockSkew: { seconds: -90 },
  refuseTaskArgs: { why: "no such model" },
  cheat: { nodes: 1 },
  fail: { nodes: 2 },
  neverAnswer: { nodes: 1 },
};

/** The marks of the faults that the switches have begun, by their labels; kept in the tab, so that a reload knows them. */
const marks = new Map(remembered());

function remembered() {
  try {
    return Object.entries(JSON.parse(sessionStorage.getItem("devnet.faults") ?? "{}"));
  } catch (e) {
    return []; // storage is switched off
  }
}

/** Begins with the id; another devnet begins to count again, so the name is in it too. */
function mark(fault) {
  return `${fault.id} ${fault.name}`;
}

function remember(label, markOfFault) {
  marks.set(label, markOfFault);
  try {
    sessionStorage.setItem("devnet.faults", JSON.stringify(Object.fromEntries(marks)));
  } catch (e) {
    // Without storage the switches forget, after a reload, which faults are theirs; the list above them has all.
  }
}

async function begin(body) {
  const fault = await send("faults", body);
  if (fault) {
    notify(`On: ${fault.name}`);
    document.dispatchEvent(new Event("devnet-changed"));
  }
  return fault;
}

async function end(id) {
  if (await send(id === null ? "faults" : `faults/${id}`, undefined, "DELETE")) {
    document.dispatchEvent(new Event("devnet-changed"));
  }
}

function usualSwitch(usual) {
  const button = element("button", { type: "button", "aria-pressed": "false", "data-fault": usual.body.fault }, usual.label);
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-pressed") === "true") {
      await end(Number.parseInt(marks.get(usual.label)));
      return;
    }
    const fault = await begin(usual.body);
    if (fault) {
      remember(usual.label, mark(fault));
    }
  });
  return button;
}

function onRow(fault) {
  const off = element("button", { type: "button", class: "small" }, "End");
  attribute(off, "aria-label", `End: ${fault.name}`);
  off.addEventListener("click", () => end(fault.id));
  return element("li", { class: "fault" },
    element("span", { class: "fault-name" }, fault.name), element("span", { class: "note" }), off);
}

function limits(fault) {
  const parts = [`hits: ${count(fault.hits)}`];
  if (fault.left !== null) {
    parts.push(`${count(fault.left)} left`);
  }
  if (fault.endsIn !== null) {
    parts.push(`${span(Math.ceil(fault.endsIn / 1000) * 1000)} left`.replace(".0", ""));
  }
  return parts.join(" · ");
}

export function showFaults(on) {
  keyed(byId("faults-on"), on, mark,
    onRow, (row, fault) => text(row.children[1], limits(fault)));
  text(byId("faults-note"), on.length === 0 ? "none" : `${on.length} on`);
  byId("faults").classList.toggle("striking", on.length > 0);
  byId("faults-clear").disabled = on.length === 0;
  const isOn = new Set(on.map(mark));
  keyed(byId("usual-faults"), USUAL, (usual) => usual.label, usualSwitch, (button, usual) =>
    attribute(button, "aria-pressed", marks.has(usual.label) && isOn.has(marks.get(usual.label))));
}

function showParameters() {
  const wanted = PARAMETERS[byId("fault-name").value.split(".")[1]] ?? {};
  byId("fault-parameters").replaceChildren(...Object.entries(wanted).flatMap(([name, value]) => {
    const id = `fault-${name}`;
    const type = typeof value === "number" ? "number" : "text";
    return [element("label", { for: id }, name), element("input", { id, name, type, value })];
  }));
}

/** Reads which faults there are; again after every start of a devnet. */
export async function learnFaults() {
  const list = await send("faults", undefined, "GET");
  if (list) {
    const before = byId("fault-name").value;
    byId("fault-name").replaceChildren(...list.known.map((name) => element("option", { value: name }, name)));
    if (list.known.includes(before)) {
      byId("fault-name").value = before;
    }
    showParameters();
  }
}

export function connectFaults() {
  byId("faults-clear").addEventListener("click", () => end(null));
  byId("fault-name").addEventListener("change", showParameters);
  byId("any-fault").addEventListener("submit", (event) => {
    event.preventDefault();
    const body = { fault: byId("fault-name").value };
    for (const input of byId("fault-parameters").querySelectorAll("input")) {
      body[input.name] = input.type === "number" ? Number(input.value) : input.value;
    }
    if (byId("fault-times").value) {
      body.times = Number(byId("fault-times").value);
    }
    if (byId("fault-during").value) {
      body.during = byId("fault-during").value;
    }
    begin(body);
  });
}
