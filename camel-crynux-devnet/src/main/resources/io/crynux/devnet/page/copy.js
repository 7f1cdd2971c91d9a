// SPDX-License-Identifier: Apache-2.0
// Texts that a click copies.
import { attribute, element, notify, text } from "./dom.js";

/** A button that shows a text, and copies what it stands for. */
export function copyable(value, shown) {
  const button = element("button", { type: "button", class: "copy" });
  setCopy(button, value, shown);
  return button;
}

export function setCopy(button, value, shown = value) {
  if (!button.dataset.value) {
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.value);
        notify("Copied");
      } catch (e) {
        notify(button.dataset.value); // no clipboard: the user copies it by hand
      }
    });
  }
  button.dataset.value = value;
  attribute(button, "title", `${value}\nClick to copy`);
  text(button, shown);
}
