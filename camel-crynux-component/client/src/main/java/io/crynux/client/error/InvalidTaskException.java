// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

import io.crynux.client.internal.text.ForeignText;
import java.util.List;
import java.util.stream.Collectors;

/** The task's parameters are not valid; nothing was signed or spent. */
public class InvalidTaskException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    /**
     * A violation.
     *
     * @param pointer JSON pointer (RFC 6901) to the value in the parameters; "" is the whole document
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

    /** All violations, in document order; empty if the parameters could not be read. */
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
