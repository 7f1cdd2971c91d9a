// SPDX-License-Identifier: Apache-2.0
// All details of one task.
import { attribute, byId, element, text } from "./dom.js";
import { clock, cnx, count, span, who } from "./format.js";
import { fileUrl, stateText } from "./tasks.js";

let opened = null;
let shown = "";

/** Shows a task's details until they are closed. */
export async function openTask(id) {
  opened = String(id);
  shown = "";
  byId("dialog-body").replaceChildren();
  text(byId("dialog-title"), `Task ${id}`);
  text(byId("dialog-state"), "");
  byId("task-dialog").showModal();
  await refresh();
}

export function connectDialog() {
  const dialog = byId("task-dialog");
  byId("dialog-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    opened = null;
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) {
      dialog.close();
    }
  });
}

/** Reads the open task again when the list shows a change of it. */
export function updateDialog(status) {
  const task = status.tasks.newest.find((one) => one.id === opened);
  if (task && fingerprint(task) !== shown) {
    refresh();
  }
}

const fingerprint = (task) => [task.transaction, task.state, task.files, task.parametersUploaded, task.nodes].join();

async function refresh() {
  const id = opened;
  let task;
  try {
    const answer = await fetch(`tasks/${id}`, { cache: "no-store" });
    task = answer.ok ? await answer.json() : null;
  } catch (e) {
    return; // the page says that it is disconnected
  }
  if (id !== opened) {
    return;
  }
  if (task === null) {
    text(byId("dialog-state"), "");
    byId("dialog-body").replaceChildren(element("p", {}, "The devnet no longer has this task."));
    return;
  }
  shown = fingerprint(task);
  text(byId("dialog-title"), `Task ${task.id} · ${task.kind}`);
  text(byId("dialog-state"), stateText(task));
  attribute(byId("dialog-state"), "data-state", task.state);
  byId("dialog-body").replaceChildren(...[
    pictures(task),
    words("Answer", task.fullAnswer),
    facts(task),
    words("Parameters", pretty(task.parameters)),
  ].filter((part) => part !== null));
}

function pictures(task) {
  if (task.kind === "gpt" || task.files === 0) {
    return null;
  }
  const all = Array.from({ length: task.files }, (_, index) => {
    const url = fileUrl(task, index);
    const alt = `Picture ${index + 1} of ${task.files}: ${task.prompt}`;
    return element("a", { href: url, target: "_blank", rel: "noreferrer" }, element("img", { src: url, alt }));
  });
  return element("div", { class: "pictures" }, ...all);
}

function words(title, content) {
  return content === null || content === undefined
    ? null
    : element("section", {}, element("h3", {}, title), element("pre", { tabindex: "0" }, content));
}

function pretty(parameters) {
  try {
    return parameters === null ? null : JSON.stringify(JSON.parse(parameters), null, 2);
  } catch (e) {
    return parameters; // cut, since it is long
  }
}

function facts(task) {
  const list = element("dl", { class: "facts" });
  const add = (name, value, mono = false) => {
    if (value !== null && value !== undefined && value !== "") {
      list.append(element("dt", {}, name), element("dd", mono ? { class: "mono" } : {}, value));
    }
  };
  const after = (time) => (time ? `${clock(time)}, after ${span(time - task.createdAt)}` : null);
  add("Prompt", task.prompt);
  add("Model", task.model);
  add("Fee", `${cnx(task.fee)} CNX`);
  add("Creator", `${who(task.creator)}  ${task.creator}`, true);
  add("Created", `${clock(task.createdAt)}, in block ${count(task.block)}`);
  add("Started", after(task.startedAt));
  add("Result known", after(task.resultAt));
  add(task.state === "aborted" ? "Aborted" : "Result uploaded", after(task.endedAt));
  add("Reason", task.abortReason);
  add("Nodes", task.nodes.map((node) => who(node) + (node === task.resultNode ? " (result)" : "")).join(", "));
  add("Result on chain", task.result, true);
  add("Hash of the parameters", task.taskHash, true);
  add("Transaction", task.transaction, true);
  return list;
}
