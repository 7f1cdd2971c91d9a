// SPDX-License-Identifier: Apache-2.0
/** Content of any size: small in memory, large in a temporary file. */
package io.crynux.client.internal.spool;
