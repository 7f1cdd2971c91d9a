// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A test that does not run when the devnet works on anvil ({@code crynux.backend=anvil}). */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(
        named = "crynux.backend",
        matches = "anvil",
        disabledReason = "only on the devnet's own chain")
public @interface OnDevnetChainOnly {
    /** Why it needs the devnet's own chain. */
    String value();
}
