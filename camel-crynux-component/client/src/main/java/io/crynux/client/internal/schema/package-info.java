// SPDX-License-Identifier: Apache-2.0
/**
 * The rules for task parameters: bundled JSON Schemas ({@link TaskSchema}), and parameters that the network accepts although
 * nodes fail on them ({@link TaskWarnings}). The facts come from the network's published schemas (June 2026, equal
 * from v3.1.0 to v3.5.0) and from the code of its Relay and nodes.
 */
package io.crynux.client.internal.schema;
