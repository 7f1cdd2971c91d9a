// SPDX-License-Identifier: Apache-2.0
/**
 * Drives tasks through their states. Knows states, deadlines and budgets, not which network is behind them:
 * that is a {@link io.crynux.client.internal.protocol.Protocol}.
 */
package io.crynux.client.internal.engine;
