// SPDX-License-Identifier: Apache-2.0
/** Helpers for futures. */
package io.crynux.client.internal.async;
