// SPDX-License-Identifier: Apache-2.0
/** The Camel component: a thin skin over {@link io.crynux.client}. */
package io.crynux.camel;
