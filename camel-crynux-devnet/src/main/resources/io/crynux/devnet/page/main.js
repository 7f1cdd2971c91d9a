// SPDX-License-Identifier: Apache-2.0
// Polls the status of the devnet, one request at a time, and shows it.
import { attribute, byId, text } from "./dom.js";
import { clock, introduce, short } from "./format.js";
import { connectActions, showActions } from "./actions.js";
import { connectDialog, updateDialog } from "./task-dialog.js";
import { connectFaults, learnFaults, showFaults } from "./faults.js";
import { setCopy } from "./copy.js";
import { showChain } from "./blocks.js";
import { showPeople } from "./people.js";
import { showRequests } from "./requests.js";
import { showTasks } from "./tasks.js";

const EVERY = 500;
const WHILE_HIDDEN = 5000;
const WHILE_DISCONNECTED = 1000;
const TIMEOUT = 5000;

let devnet = null;
let lastHeard = null;
let timer = 0;
let asking = false;

function show(status) {
  if (devnet !== null && devnet !== status.devnet) {
    // Another devnet on the same port: everything shown is outdated.
    location.reload();
    return;
  }
  if (devnet === null) {
    devnet = status.devnet;
    learnFaults();
  }
  introduce(status.wallets.list, status.nodes.list);
  setCopy(byId("rpc-url"), status.chain.rpcUrl, status.chain.rpcUrl.replace("http://", ""));
  setCopy(byId("relay-url"), status.chain.relayUrl, status.chain.relayUrl.replace("http://", ""));
  setCopy(byId("contract"), status.chain.contract, short(status.chain.contract));
  text(byId("chain-id"), status.chain.id);
  showActions(status.chain);
  showChain(status);
  showTasks(status);
  updateDialog(status);
  showPeople(status);
  showFaults(status.faults);
  showRequests(status.requests);
  text(document.querySelector("title"), `${status.chain.height} · Crynux devnet`);
}

function connection(state, message) {
  attribute(byId("connection"), "data-state", state);
  text(byId("connection"), message);
  byId("page").classList.toggle("stale", state === "disconnected");
}

async function read() {
  try {
    const answer = await fetch("status", { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) });
    return answer.ok ? await answer.json() : null;
  } catch (e) {
    return null; // the page shows it
  }
}

async function ask() {
  if (asking) {
    return;
  }
  asking = true;
  clearTimeout(timer);
  let answered = false;
  try {
    const status = await read();
    answered = status !== null;
    if (answered) {
      lastHeard = Date.now();
      show(status);
      connection(status.chain.paused ? "paused" : "live", status.chain.paused ? "live, blocks paused" : "live");
    } else {
      connection("disconnected", lastHeard ? `disconnected, as of ${clock(lastHeard)}` : "no answer");
    }
  } finally {
    asking = false;
    timer = setTimeout(ask, document.hidden ? WHILE_HIDDEN : answered ? EVERY : WHILE_DISCONNECTED);
  }
}

connectActions();
connectDialog();
connectFaults();
document.addEventListener("visibilitychange", ask);
document.addEventListener("devnet-changed", ask);
ask();
