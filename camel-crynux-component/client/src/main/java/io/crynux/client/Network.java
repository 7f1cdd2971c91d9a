// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

/** A network that a client runs tasks on, by its protocol: see {@link CrynuxClientBuilder#network}. */
public sealed interface Network permits ChainNetwork, RelayNetwork {}
