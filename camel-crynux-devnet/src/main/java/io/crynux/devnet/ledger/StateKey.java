// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

/**
 * The name of one value of the {@link State}; implementations are records, so that equal keys name the same value.
 *
 * @param <V> the type of the value; values must be immutable, because old blocks keep them
 */
@SuppressWarnings("unused") // the parameter ties a key to the type of its value
public interface StateKey<V> {}
