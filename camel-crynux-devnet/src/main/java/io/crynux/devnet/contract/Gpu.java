// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import java.math.BigInteger;

/** A graphics card by name and VRAM in GB; nodes of equal ones form a group. */
record Gpu(String name, BigInteger vram) {
    /** No particular one. */
    static final Gpu ANY = new Gpu("", BigInteger.ZERO);

    boolean named() {
        return !name.isEmpty();
    }
}
