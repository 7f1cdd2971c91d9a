// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

import io.crynux.client.internal.text.ForeignText;
import java.util.List;
import java.util.stream.Collectors;

/** The task's parameters are refused before anything is signed; nothing was spent. */
public class InvalidTaskException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    /**
     * One thing that is wrong.
     *
     * @param pointer where, as a JSON pointer (RFC 6901) into the parameters; "" is the whole document
     * @param problem what is wrong with the value and what is allowed
     */
    public record Violation(String pointer, String problem) {}

    public InvalidTaskException(String message) {
        this(message, List.of());
    }

    public InvalidTaskException(String message, List<Violation> violations) {
        super(withViolations(message, violations));
        this.violations = List.copyOf(violations);
    }

    public InvalidTaskException(String message, Throwable cause) {
        super(message, cause);
        this.violations = List.of();
    }

    /** Every violation, in document order; empty when the parameters could not even be read. */
    public List<Violation> violations() {
        return violations == null ? List.of() : violations;
    }

    private static String withViolations(String message, List<Violation> violations) {
        if (violations.isEmpty()) {
            return message;
        }
        return message
                + violations.stream()
                        .map(v -> (v.pointer().isEmpty() ? "(document)" : ForeignText.shown(v.pointer())) + " "
                                + v.problem())
                        .collect(Collectors.joining("; ", ": ", ""));
    }
}
