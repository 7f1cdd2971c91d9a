// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/** The task exceeds a limit: the maximum fee, the maximum gas price or the budget. Nothing was signed. */
public class BudgetExceededException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    public BudgetExceededException(String message) {
        super(message);
    }
}
