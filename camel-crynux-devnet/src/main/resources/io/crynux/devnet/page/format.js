// SPDX-License-Identifier: Apache-2.0
// How numbers, times and addresses are written.

const whole = new Intl.NumberFormat("en");
const CNX = 10n ** 18n;
const names = new Map();

export const count = (number) => whole.format(number);

/** A rate: one decimal below 100, none above. */
export const rate = (number) => (number >= 99.95 ? whole.format(Math.round(number)) : number.toFixed(1));

/** An amount of wei in CNX, with up to four decimals; what is less than that stays wei. */
export function cnx(wei) {
  const amount = BigInt(wei);
  const unit = CNX / 10_000n;
  if (amount > 0n && amount < unit) {
    return `${whole.format(amount)} wei`;
  }
  const parts = amount / unit;
  const decimals = String(parts % 10_000n).padStart(4, "0").replace(/0+$/, "");
  return whole.format(parts / 10_000n) + (decimals ? `.${decimals}` : "");
}

/** A balance in CNX with two decimals, cut. */
export function balance(wei) {
  const cents = BigInt(wei) / (CNX / 100n);
  return `${whole.format(cents / 100n)}.${String(cents % 100n).padStart(2, "0")}`;
}

/** The wei of a decimal number of CNX. */
export function wei(text) {
  const [integer, decimals = ""] = text.split(".");
  return String(BigInt(integer) * CNX + BigInt(decimals.padEnd(18, "0")));
}

/** How long something took or is ago, in the largest unit that fits. */
export function span(milliseconds) {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 60) {
    return `${Math.floor(seconds)} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min`;
  }
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** The same for what goes on while one looks: no decimals, which would flicker. */
export function age(milliseconds) {
  if (milliseconds < 1000) {
    return "now";
  }
  return milliseconds < 60_000 ? `${Math.floor(milliseconds / 1000)} s` : span(milliseconds);
}

export const clock = (milliseconds) => new Date(milliseconds).toLocaleTimeString("en-GB");

export const short = (hex, end = 4) => (hex.length > 12 ? `${hex.slice(0, 6)}…${end ? hex.slice(-end) : ""}` : hex);

/** Whose addresses have names. */
export function introduce(wallets, nodes) {
  names.clear();
  nodes.forEach((node, index) => names.set(node.address.toLowerCase(), `node ${index + 1}`));
  wallets.forEach((wallet, index) => names.set(wallet.address.toLowerCase(), `account ${index}`));
}

export const who = (address) => names.get(address.toLowerCase()) ?? short(address);
