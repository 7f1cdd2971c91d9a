// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.node;

import java.time.Duration;
import java.util.Optional;

/**
 * What a node does with one task.
 *
 * @param kind how it ends for the node
 * @param work time from the start to score or error
 * @param upload time from the validation to the upload; empty when it never uploads
 * @param variant empty for the honest result; nodes with the same other text give the same other result
 */
public record NodePlan(Kind kind, Duration work, Optional<Duration> upload, String variant) {
    /** How a task ends for its node. */
    public enum Kind {
        /** It sends a score. */
        SCORE,
        /** It reports that the parameters are invalid. */
        ERROR,
        /** Nothing is heard of it. */
        HANG
    }

    /** An honest node. */
    public static NodePlan honest(Duration work, Duration upload) {
        return new NodePlan(Kind.SCORE, work, Optional.of(upload), "");
    }

    /** The plan, with an error report in place of a score. */
    public NodePlan failing() {
        return new NodePlan(Kind.ERROR, work, upload, variant);
    }

    /** The plan, with silence in place of a score. */
    public NodePlan hanging() {
        return new NodePlan(Kind.HANG, work, upload, variant);
    }

    /** The plan, with another result. */
    public NodePlan cheating(String newVariant) {
        return new NodePlan(kind, work, upload, newVariant);
    }

    /** The plan, with another time of work. */
    public NodePlan working(Duration newWork) {
        return new NodePlan(kind, newWork, upload, variant);
    }

    /** The plan, with another time until the upload. */
    public NodePlan uploadingAfter(Duration newUpload) {
        return new NodePlan(kind, work, Optional.of(newUpload), variant);
    }

    /** The plan, without an upload. */
    public NodePlan neverUploading() {
        return new NodePlan(kind, work, Optional.empty(), variant);
    }
}
