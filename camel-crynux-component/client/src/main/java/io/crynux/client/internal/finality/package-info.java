// SPDX-License-Identifier: Apache-2.0
/** When a block counts as final. Knows blocks, and not where they come from. */
package io.crynux.client.internal.finality;
