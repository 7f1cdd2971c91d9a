// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import java.math.BigInteger;

/** One block, told apart from another of the same number by its hash. */
public record BlockRef(BigInteger number, String hash) {}
