// SPDX-License-Identifier: Apache-2.0
/** Operations on existing tasks, and statistics of the network. */
package io.crynux.client.operation;
