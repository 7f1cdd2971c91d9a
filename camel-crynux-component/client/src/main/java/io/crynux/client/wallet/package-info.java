// SPDX-License-Identifier: Apache-2.0
/** Who pays: keys, and what signs and proves with them. */
package io.crynux.client.wallet;
