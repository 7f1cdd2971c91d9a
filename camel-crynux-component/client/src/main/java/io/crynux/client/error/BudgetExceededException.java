// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.error;

/** A guard (largest fee, largest gas price, budget) refused the task. Nothing was signed. */
public class BudgetExceededException extends CrynuxException {
    private static final long serialVersionUID = 1L;

    public BudgetExceededException(String message) {
        super(message);
    }
}
