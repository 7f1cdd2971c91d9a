// SPDX-License-Identifier: Apache-2.0
// Small tools for the page. Text from the devnet goes into text nodes only: prompts and names come from strangers.

export const byId = (id) => document.getElementById(id);

/** An element with attributes and children; strings become text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Sets a text, and touches nothing when it is there already: selections stay. */
export function text(node, value) {
  const string = String(value);
  if (node.textContent !== string) {
    node.textContent = string;
  }
}

/** Sets an attribute; null takes it away. */
export function attribute(node, name, value) {
  if (value === null) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, value);
  }
}

const rows = new WeakMap();

/**
 * Makes the children of a parent those of the items, in their order. An item whose key was there keeps its element, and with it
 * focus, pictures and selection.
 */
export function keyed(parent, items, key, create, update) {
  const before = rows.get(parent) ?? new Map();
  const after = new Map();
  items.forEach((item, index) => {
    const id = key(item, index);
    const node = before.get(id) ?? create(item);
    before.delete(id);
    after.set(id, node);
    update(node, item);
  });
  before.forEach((node) => node.remove());
  let place = parent.firstChild;
  for (const node of after.values()) {
    if (node === place) {
      place = place.nextSibling;
    } else {
      parent.insertBefore(node, place);
    }
  }
  rows.set(parent, after);
}

let toastTimer = 0;

/** Shows a message for a while. */
export function notify(message, failed = false) {
  const toast = byId("toast");
  toast.hidden = false;
  toast.dataset.failed = failed;
  toast.textContent = message;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    toast.hidden = true;
  }, failed ? 8000 : 3000);
}

const SVG = "http://www.w3.org/2000/svg";

/** Draws a series as bars, each a unit wide. */
export function spark(svg, series) {
  const height = 20;
  const most = Math.max(1, ...series);
  if (!svg.firstChild) {
    svg.setAttribute("viewBox", `0 0 ${series.length} ${height}`);
    svg.setAttribute("preserveAspectRatio", "none");
    svg.append(document.createElementNS(SVG, "path"));
  }
  const bars = series.map((value, i) => {
    const top = (height * (1 - value / most)).toFixed(2);
    return value === 0 ? "" : `M${i + 0.1} ${height}V${top}h.8V${height}z`;
  });
  attribute(svg.firstChild, "d", bars.join("") || "M0 0");
}

/** An empty drawing for a series. */
export function sparkline(label) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "spark");
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else {
    svg.setAttribute("aria-hidden", "true");
  }
  return svg;
}
