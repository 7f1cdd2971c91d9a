// SPDX-License-Identifier: Apache-2.0
/** A Java client of the Crynux network; start with {@link io.crynux.client.CrynuxClient}. */
package io.crynux.client;
