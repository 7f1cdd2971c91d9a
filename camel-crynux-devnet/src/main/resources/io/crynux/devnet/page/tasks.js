// SPDX-License-Identifier: Apache-2.0
// The list of tasks, the counts by state, and the choice of which are shown.
import { attribute, byId, element, keyed, text } from "./dom.js";
import { age, cnx, count, span, who } from "./format.js";
import { openTask } from "./task-dialog.js";

export const STATES = {
  queued: "queued",
  started: "started",
  resultKnown: "result known",
  succeeded: "succeeded",
  aborted: "aborted",
};

let wanted = null;
let latest = null;

export function stateText(task) {
  return task.state === "aborted" && task.abortReason ? `aborted: ${task.abortReason}` : STATES[task.state];
}

function stateNote(task, now) {
  if (task.state === "aborted") {
    return task.abortReason;
  }
  if (task.endedAt) {
    return `after ${span(task.endedAt - task.createdAt)}`;
  }
  if (!task.parametersUploaded) {
    return "waits for its parameters";
  }
  return task.state === "queued" ? "waits for nodes" : `for ${Math.floor((now - (task.resultAt ?? task.startedAt)) / 1000)} s`;
}

function row(task) {
  const open = element("button", { type: "button", class: "task-open" });
  open.addEventListener("click", () => openTask(task.id));
  const made = element(
    "tr",
    { role: "row" },
    element("td", { role: "cell", class: "task-id" }, open, element("span", { class: "kind" })),
    element("td", { role: "cell", class: "task-state" },
      element("span", { class: "state" }), element("span", { class: "note" })),
    element("td", { role: "cell", class: "task-text" },
      element("span", { class: "thumbnail" }),
      element("span", { class: "words" }, element("span", { class: "prompt" }), element("span", { class: "answer" }))),
    element("td", { role: "cell", class: "task-creator" }),
    element("td", { role: "cell", class: "right task-fee" }),
    element("td", { role: "cell", class: "task-nodes" }),
    element("td", { role: "cell", class: "right task-age" }),
  );
  made.addEventListener("click", (event) => {
    if (!event.target.closest("button") && String(getSelection()) === "") {
      openTask(task.id);
    }
  });
  return made;
}

function update(node, task, now) {
  const [id, state, words, creator, fee, nodes, old] = node.children;
  text(id.children[0], task.id);
  attribute(id.children[0], "aria-label", `Task ${task.id}: details`);
  text(id.children[1], task.kind);
  node.dataset.state = task.state;
  node.dataset.kind = task.kind;
  attribute(state.children[0], "data-state", task.state);
  text(state.children[0], STATES[task.state]);
  text(state.children[1], stateNote(task, now));
  thumbnail(words.children[0], task);
  const [prompt, answer] = words.children[1].children;
  text(prompt, task.prompt ?? "–");
  text(answer, task.answer ?? result(task));
  text(creator, who(task.creator));
  text(fee, cnx(task.fee));
  text(nodes, task.nodes.length ? task.nodes.map(who).join(", ").replace(/node /g, "") : "–");
  text(old, age(now - task.createdAt));
  old.toggleAttribute("data-now", now - task.createdAt < 1000);
}

function result(task) {
  if (task.kind !== "gpt" && task.files > 0) {
    return `${task.files} ${task.files === 1 ? "picture" : "pictures"} · ${task.model}`;
  }
  if (task.state === "succeeded" && task.files === 0) {
    return "its files were deleted to make room for newer ones";
  }
  return task.model ?? "";
}

/** The transaction in the query distinguishes two tasks with the same id, which a reorg can cause. */
export const fileUrl = (task, index) => `tasks/${task.id}/files/${index}?of=${task.transaction.slice(2, 14)}`;

function thumbnail(holder, task) {
  const url = task.kind !== "gpt" && task.files > 0 ? fileUrl(task, 0) : null;
  if ((holder.firstChild?.getAttribute("src") ?? null) !== url) {
    holder.replaceChildren();
    if (url) {
      holder.append(element("img", { src: url, alt: "", width: 40, height: 40, loading: "lazy", decoding: "async" }));
    }
  }
}

function filters(byState) {
  keyed(byId("task-filter"), Object.keys(STATES), (state) => state, (state) => {
    const button = element("button", { type: "button", class: "state filter", "data-state": state, "aria-pressed": "false" },
      `${STATES[state]} `, element("b", {}));
    button.addEventListener("click", () => {
      wanted = wanted === state ? null : state;
      showTasks(latest);
    });
    return button;
  }, (button, state) => {
    text(button.lastChild, count(byState[state]));
    attribute(button, "aria-pressed", wanted === state);
  });
  keyed(byId("task-bar"), Object.keys(STATES), (state) => state, (state) => element("span", { "data-state": state }),
    (part, state) => {
      part.hidden = byState[state] === 0;
      part.style.flexGrow = byState[state];
    });
}

export function showTasks(status) {
  latest = status;
  const { tasks, now } = status;
  text(byId("task-total"), count(tasks.total));
  filters(tasks.byState);
  const shown = tasks.newest.filter((task) => wanted === null || task.state === wanted);
  keyed(byId("task-rows"), shown, (task) => `${task.id} ${task.transaction}`, row, (node, task) => update(node, task, now));
  byId("no-tasks").hidden = tasks.total > 0;
  text(byId("tasks-note"), note(tasks, shown.length));
}

function note(tasks, shown) {
  if (wanted !== null) {
    return `${count(shown)} ${STATES[wanted]} of the newest ${count(tasks.newest.length)}`;
  }
  return tasks.total > tasks.newest.length ? `the newest ${count(tasks.newest.length)} of ${count(tasks.total)}` : "\u00a0";
}
