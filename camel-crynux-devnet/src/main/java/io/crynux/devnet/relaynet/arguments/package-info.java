// SPDX-License-Identifier: Apache-2.0
/** What the Relay does with a task's parameters: it checks them by a schema, rewrites the models' names and works out a price. */
package io.crynux.devnet.relaynet.arguments;
