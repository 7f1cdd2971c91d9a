// SPDX-License-Identifier: Apache-2.0
/** A Java client of the Crynux network; {@link io.crynux.client.CrynuxClient} is the way in. */
package io.crynux.client;
