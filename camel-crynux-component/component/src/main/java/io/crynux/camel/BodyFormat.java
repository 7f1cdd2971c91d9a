// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

/** Format of a message body. The names are the option's values. */
public enum BodyFormat {
    /** Parameters if the body looks like them, else a prompt. */
    auto,
    /** Always a prompt; for input from strangers. */
    prompt,
    /** Always parameters, in JSON. */
    parameters
}
