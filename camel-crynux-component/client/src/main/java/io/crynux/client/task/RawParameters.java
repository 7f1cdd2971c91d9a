// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import java.util.Objects;

record RawParameters(TaskKind kind, String json) implements TaskParameters {
    RawParameters {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(json, "json");
    }

    /** The JSON may contain a prompt. */
    @Override
    public String toString() {
        return "RawParameters[" + kind.id() + "]";
    }
}
