// SPDX-License-Identifier: Apache-2.0
/** What all asynchronous parts share. */
package io.crynux.client.internal.async;
