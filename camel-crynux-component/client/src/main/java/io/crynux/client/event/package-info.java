// SPDX-License-Identifier: Apache-2.0
/** The contract's events as a stream that goes on after restarts and takes back what a reorganisation took back. */
package io.crynux.client.event;
