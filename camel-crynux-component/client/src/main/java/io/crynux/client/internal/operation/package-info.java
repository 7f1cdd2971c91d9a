// SPDX-License-Identifier: Apache-2.0
/** Operations on existing tasks: status, result, cancel, resume; and statistics. */
package io.crynux.client.internal.operation;
