// SPDX-License-Identifier: Apache-2.0
// Nodes and wallets.
import { attribute, byId, element, keyed, text } from "./dom.js";
import { balance, cnx, count, short, who } from "./format.js";
import { copyable } from "./copy.js";
import { fund } from "./actions.js";
import { openTask } from "./task-dialog.js";

const ONE_CLICK = "100";

function nodeRow(node) {
  const task = element("button", { type: "button", class: "link" });
  task.addEventListener("click", () => openTask(task.dataset.task));
  return element(
    "li",
    { class: "node" },
    element("span", { class: "name" }, who(node.address)),
    copyable(node.address, short(node.address)),
    element("span", {}, element("span", { class: "node-status" }), " ", task),
    element("span", { class: "right amount" }),
  );
}

function updateNode(row, node) {
  const [, , now, amount] = row.children;
  const [status, button] = now.children;
  text(status, node.status);
  attribute(status, "data-status", node.status);
  button.hidden = node.task === null;
  button.dataset.task = node.task ?? "";
  text(button, node.task === null ? "" : `#${node.task}`);
  text(amount, balance(node.balance));
  attribute(row, "title", `${node.gpu}, ${node.vram} GB\n${cnx(node.balance)} CNX`);
}

function walletRow(wallet) {
  const more = element("button", { type: "button", class: "small" }, `+${ONE_CLICK}`);
  attribute(more, "aria-label", `Fund ${who(wallet.address)} with ${ONE_CLICK} CNX`);
  more.addEventListener("click", () => fund(wallet.address, ONE_CLICK));
  return element(
    "li",
    { class: "wallet" },
    element("span", { class: "name" }, who(wallet.address)),
    copyable(wallet.address, short(wallet.address)),
    element("span", { class: "note nonce right", title: "nonce of the next transaction" }),
    element("span", { class: "right amount" }),
    more,
  );
}

function updateWallet(row, wallet) {
  text(row.children[2], count(wallet.nonce));
  text(row.children[3], balance(wallet.balance));
  attribute(row.children[3], "title", `${cnx(wallet.balance)} CNX`);
}

export function showPeople({ nodes, wallets }) {
  keyed(byId("nodes"), nodes.list, (node) => node.address, nodeRow, updateNode);
  keyed(byId("wallets"), wallets.list, (wallet) => wallet.address, walletRow, updateWallet);
  text(byId("nodes-note"), some(nodes) + (nodes.list.length ? "balances in CNX" : "none: every task waits"));
  text(byId("wallets-note"), `${some(wallets)}nonces, balances in CNX`);
}

const some = (all) => (all.total > all.list.length ? `${all.list.length} of ${count(all.total)} · ` : "");
