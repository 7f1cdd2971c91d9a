// SPDX-License-Identifier: Apache-2.0
/** State and metrics of a client. */
package io.crynux.client.observe;
