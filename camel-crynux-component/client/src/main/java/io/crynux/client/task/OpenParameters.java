// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

/** Typed parameters: they know what their user set, apart from what the house added. */
interface OpenParameters extends TaskParameters {

    /** Only what was set on the builder; what it leaves open is for options and the house to fill. */
    String openJson();
}
