// SPDX-License-Identifier: Apache-2.0
/** Works on tasks that exist: status, result, cancel, resume, statistics. */
package io.crynux.client.internal.operation;
