// SPDX-License-Identifier: Apache-2.0
/** Tasks as their creator sees them: kind, parameters, request, states and result. */
package io.crynux.client.task;
