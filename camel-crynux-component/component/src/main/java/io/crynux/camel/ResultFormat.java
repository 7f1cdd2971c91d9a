// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

/** What a text task leaves in the body. The names are those of the option's values. */
public enum ResultFormat {
    /** The answer's text. */
    text,
    /** The whole chat completion, in JSON. */
    json
}
