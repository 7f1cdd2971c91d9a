// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

/** What a message body is. The names are those of the option's values. */
public enum BodyFormat {
    /** Parameters where the body looks like them, else a prompt. */
    auto,
    /** Always a prompt; for input from strangers. */
    prompt,
    /** Always parameters, in JSON. */
    parameters
}
