// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot.devnet;

import io.crynux.devnet.CrynuxDevnet;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/** What a test switched on does not reach the next one. */
final class DevnetTestListener implements TestExecutionListener {
    @Override
    public void afterTestMethod(TestContext testContext) {
        if (TestContextAnnotationUtils.hasAnnotation(testContext.getTestClass(), EnableCrynuxDevnet.class)
                && testContext.hasApplicationContext()) {
            CrynuxDevnet devnet = testContext.getApplicationContext().getBean(CrynuxDevnet.class);
            devnet.faults().clear();
            devnet.chain().resumeBlocks();
        }
    }
}
