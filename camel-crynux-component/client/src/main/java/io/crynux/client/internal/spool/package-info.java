// SPDX-License-Identifier: Apache-2.0
/** Content that may be too long for memory: short in memory, long in a temporary file. */
package io.crynux.client.internal.spool;
