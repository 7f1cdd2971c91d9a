// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot.devnet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a test class: its application context runs on a network of its own in this JVM, whatever network and wallet the
 * application's properties name. Properties of the test itself ({@code @SpringBootTest(properties = ...)}) go before.
 *
 * <p>The network is a bean, {@code @Autowired CrynuxDevnet devnet}, and lives as long as the context. Tests with the same
 * context share it; after each test its faults are switched off and its blocks go on.
 *
 * <p>Failures are told once they are final. Unless the application says otherwise, {@code finality} is 2 blocks and
 * {@code pollInterval} 50 ms here, so that tests need not wait for long.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface EnableCrynuxDevnet {

    /** How many nodes compute; three do one task at a time. */
    int nodes() default 3;

    /** Between two blocks; a duration as in properties, such as {@code 100ms} or {@code 1s}. */
    String blockTime() default "100ms";

    /** How far the Relay is behind the chain; likewise. */
    String relayLag() default "50ms";

    /** How long a node computes; likewise. */
    String workTime() default "50ms";
}
