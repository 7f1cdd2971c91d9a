// SPDX-License-Identifier: Apache-2.0
/** Text of others as messages and logs show it. */
package io.crynux.client.internal.text;
