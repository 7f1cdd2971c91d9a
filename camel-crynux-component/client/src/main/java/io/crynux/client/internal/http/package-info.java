// SPDX-License-Identifier: Apache-2.0
/** Asynchronous HTTP: limits, deadlines, credentials, bodies of any size. */
package io.crynux.client.internal.http;
