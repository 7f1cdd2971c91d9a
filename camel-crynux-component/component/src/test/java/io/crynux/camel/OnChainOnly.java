// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** A test that names something of a chain, in a class whose other tests run on a scripted network too. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnChainOnly.Condition.class)
@interface OnChainOnly {
    /** What the scripted network lacks. */
    String value();

    /** Skips the test on a scripted network. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (!CrynuxTestSupport.isScripted(context.getRequiredTestClass())) {
                return ConditionEvaluationResult.enabled("on a chain");
            }
            return AnnotationSupport.findAnnotation(context.getElement(), OnChainOnly.class)
                    .map(only -> ConditionEvaluationResult.disabled("a scripted network has no " + only.value()))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("names no chain"));
        }
    }
}
