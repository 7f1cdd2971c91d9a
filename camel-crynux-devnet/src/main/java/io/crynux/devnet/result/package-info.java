// SPDX-License-Identifier: Apache-2.0
/** What comes out of a task: the files, made from its parameters, and the hash that nodes agree on. */
package io.crynux.devnet.result;
