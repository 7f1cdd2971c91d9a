// SPDX-License-Identifier: Apache-2.0
// Requests to RPC and Relay.
import { byId, element, keyed, spark, sparkline, text } from "./dom.js";
import { count, rate } from "./format.js";

function row(one) {
  return element(
    "li",
    { class: "request" },
    element("span", { class: "request-name", title: one.name }, one.name.replace("/v1/", "/")),
    sparkline(null),
    element("span", { class: "right amount rate" }),
    element("span", { class: "right amount total" }),
  );
}

function update(node, one) {
  spark(node.children[1], one.series);
  text(node.children[2], `${rate(one.perSecond)}/s`);
  text(node.children[3], count(one.total));
}

export function showRequests({ rpc, relay }) {
  for (const [part, list, rates] of [["rpc", "rpc-methods", rpc], ["relay", "relay-routes", relay]]) {
    text(byId(`${part}-rate`), rate(rates.perSecond));
    spark(byId(`${part}-spark`), rates.series);
    keyed(byId(list), rates.by, (one) => one.name, row, update);
  }
}
