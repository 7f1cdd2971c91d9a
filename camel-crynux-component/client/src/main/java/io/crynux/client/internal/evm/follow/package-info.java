// SPDX-License-Identifier: Apache-2.0
/** Follows a chain once for everybody: blocks, logs, reorganisations, doubts about nodes. */
package io.crynux.client.internal.evm.follow;
