// SPDX-License-Identifier: Apache-2.0
/** The files of a result: their number, download and validation. */
package io.crynux.client.internal.result;
