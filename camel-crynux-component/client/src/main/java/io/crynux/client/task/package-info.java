// SPDX-License-Identifier: Apache-2.0
/** Tasks: kinds, parameters, requests, states and results. */
package io.crynux.client.task;
