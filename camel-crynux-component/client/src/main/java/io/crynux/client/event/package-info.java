// SPDX-License-Identifier: Apache-2.0
/** The contract's events as a stream, which continues after restarts and reports reorganisations. */
package io.crynux.client.event;
