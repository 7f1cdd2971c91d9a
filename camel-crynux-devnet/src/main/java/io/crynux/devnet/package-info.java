// SPDX-License-Identifier: Apache-2.0
/**
 * A whole Crynux network in one JVM, for development and tests. {@link io.crynux.devnet.CrynuxDevnet} starts it from
 * Java, {@link io.crynux.devnet.Main} from the command line.
 */
package io.crynux.devnet;
