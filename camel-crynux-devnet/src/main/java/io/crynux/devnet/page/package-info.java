// SPDX-License-Identifier: Apache-2.0
/** The page on which one watches a devnet in the browser, and the JSON behind it. Only looks: what it changes goes by control. */
package io.crynux.devnet.page;
