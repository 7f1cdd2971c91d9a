// SPDX-License-Identifier: Apache-2.0
/**
 * Drives tasks through their states. Knows steps and states, not which network is behind them: that is a
 * {@link io.crynux.client.internal.engine.TaskNetwork}.
 */
package io.crynux.client.internal.engine;
