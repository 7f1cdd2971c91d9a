// SPDX-License-Identifier: Apache-2.0
/** Amounts of CNX. */
package io.crynux.client.internal.money;
