// SPDX-License-Identifier: Apache-2.0
// Not a module: it runs before the page is drawn, so that nobody sees the wrong colours first.
(function () {
  "use strict";
  const NEXT = { auto: "light", light: "dark", dark: "auto" };

  function stored() {
    try {
      return localStorage.getItem("devnet.theme") || "auto";
    } catch (e) {
      return "auto"; // storage is switched off
    }
  }

  function apply(theme) {
    if (theme === "auto") {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = theme;
    }
  }

  let theme = NEXT[stored()] ? stored() : "auto";
  apply(theme);

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    button.textContent = "Theme: " + theme;
    button.addEventListener("click", () => {
      theme = NEXT[theme];
      apply(theme);
      button.textContent = "Theme: " + theme;
      try {
        localStorage.setItem("devnet.theme", theme);
      } catch (e) {
        // Without storage the choice lasts as long as the page.
      }
    });
  });
})();
