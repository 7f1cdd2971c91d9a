// SPDX-License-Identifier: Apache-2.0
/** State machines that are defined by one table of transitions. */
package io.crynux.devnet.state;
