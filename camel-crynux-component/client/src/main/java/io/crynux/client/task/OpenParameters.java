// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

/** Typed parameters, which know what the user has set apart from the client's defaults. */
interface OpenParameters extends TaskParameters {

    /** Only the members that were set on the builder; options and defaults fill the others. */
    String openJson();
}
