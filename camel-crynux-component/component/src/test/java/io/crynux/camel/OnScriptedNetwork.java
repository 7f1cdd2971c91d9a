// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The classes nested in this one run their tests on a scripted network, and not on a devnet. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface OnScriptedNetwork {}
