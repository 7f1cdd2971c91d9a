// SPDX-License-Identifier: Apache-2.0
/** The files of a result: how many there are, how they are downloaded and checked. */
package io.crynux.client.internal.result;
