// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

/** Format of a text result in the body. The names are the option's values. */
public enum ResultFormat {
    /** The answer's text. */
    text,
    /** The whole chat completion, in JSON. */
    json
}
