// SPDX-License-Identifier: Apache-2.0
/**
 * A devnet for an application: in tests by {@link io.crynux.camel.springboot.devnet.EnableCrynuxDevnet}, elsewhere by
 * {@link io.crynux.camel.springboot.devnet.CrynuxDevnetInitializer}. Needs {@code camel-crynux-devnet} on the class path.
 */
package io.crynux.camel.springboot.devnet;
