// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

/** Looks at the parameters of a task before it is paid for; a schema's check method is one. */
@FunctionalInterface
public interface ParametersCheck {

    /** Lets everything pass: the network finds out what is wrong, after the payment. */
    ParametersCheck NONE = json -> {};

    /** @throws io.crynux.client.error.InvalidTaskException when the task must not be run */
    void check(String json);
}
