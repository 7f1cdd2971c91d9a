// SPDX-License-Identifier: Apache-2.0
/** Whether and when a call is tried again, apart from the calls. */
package io.crynux.client.internal.retry;
