// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Starts, says what the start took, and ends: milliseconds since the JVM began, CPU milliseconds, classes. */
@SpringBootApplication
class EmptyApplication {
    static final String MARK = "started:";

    public static void main(String[] args) {
        SpringApplication.run(EmptyApplication.class, args);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.out.println(MARK + ManagementFactory.getRuntimeMXBean().getUptime() + ":"
                + system.getProcessCpuTime() / 1_000_000 + ":"
                + ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
        System.exit(0);
    }

    @Bean
    @ConditionalOnProperty("bench.route")
    RouteBuilder route() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:prompts").to("crynux:sd?taskFee=30");
            }
        };
    }
}
