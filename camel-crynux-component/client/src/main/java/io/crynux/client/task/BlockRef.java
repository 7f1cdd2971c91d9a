// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import java.math.BigInteger;

/** A block by number and hash, which differs between blocks of the same number. */
public record BlockRef(BigInteger number, String hash) {}
