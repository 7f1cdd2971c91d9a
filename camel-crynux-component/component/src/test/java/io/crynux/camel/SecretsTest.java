// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.crynux.client.wallet.Wallets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.Attribute;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The key is in no log line of any level, no JMX attribute, no health check, no meter, no toString and no URI; nor is a signature. */
class SecretsTest extends CrynuxTestSupport {
    /** As some nodes take one in their URL. */
    private static final String API_KEY = "c0ffee5ec4e7";

    private static final String PASSWORD = "pa55w0rd";
    private static final String SENT_PASSWORD = "dXNlcjpwYTU1dzByZA==";

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Level levelBefore;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:gpt").routeId("answers").to("crynux:gpt");
            }
        };
    }

    @Override
    void configure(CrynuxComponent crynux) {
        crynux.setRpcUrl(withCredentials(devnet.rpcUrl()) + "/" + API_KEY + "?key=" + API_KEY);
        crynux.setRelayUrl(withCredentials(devnet.relayUrl()));
    }

    private static String withCredentials(String url) {
        return url.replace("://", "://user:" + PASSWORD + "@");
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("meters", meters);
    }

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        test.withJMX(true);
    }

    @BeforeEach
    void listen() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        levelBefore = root.getLevel();
        logged.start();
        root.addAppender(logged);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void stopListening() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(levelBefore);
        root.detachAppender(logged);
    }

    @Test
    void theKeyShowsNowhere() throws Exception {
        Exchange out = template.request("direct:gpt", e -> e.getMessage().setBody("What is lichen?"));
        Exchange failed = template.request("direct:gpt", e -> e.getMessage().setBody("{\"messages\": 1}"));
        CrynuxComponent component = context.getComponent("crynux", CrynuxComponent.class);

        assertThat(out.getException()).isNull();
        assertThat(failed.getException()).isNotNull();
        List<String> shown = new ArrayList<>(jmx());
        shown.add(failed.getException().toString());
        shown.add(component + " " + component.getConfiguration());
        shown.add(context.getEndpoints().toString());
        shown.addAll(health());
        shown.addAll(meters());
        shown.add(Wallets.ofPrivateKey(devnet.account(0).privateKey()).toString());
        List.copyOf(logged.list).stream()
                // The devnet shares this JVM; what it logs is not ours.
                .filter(event -> !event.getLoggerName().startsWith("io.crynux.devnet"))
                .map(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .forEach(shown::add);

        String key = devnet.account(0).privateKey().substring(2);
        assertThat(logged.list).anyMatch(event -> event.getLoggerName().startsWith("io.crynux.client"));
        assertThat(shown)
                .noneMatch(text -> text.toLowerCase(java.util.Locale.ROOT).contains(key));
        assertThat(shown).noneMatch(text -> text.contains("signature=0x"));
        assertThat(health()).noneMatch(text -> text.contains(API_KEY));
        assertThat(List.copyOf(logged.list))
                .map(ILoggingEvent::getFormattedMessage)
                .noneMatch(text -> text.contains(PASSWORD) || text.contains(SENT_PASSWORD));
        assertThat(meters()).noneMatch(text -> text.contains(API_KEY));
    }

    private List<String> health() {
        List<String> told = HealthCheckHelper.invoke(context, "full").stream()
                .filter(result -> result.getCheck().getId().startsWith("crynux"))
                .map(result ->
                        result.getCheck().getId() + result.getMessage() + result.getError() + result.getDetails())
                .toList();
        assertThat(told).hasSize(6);
        return told;
    }

    private List<String> meters() {
        List<String> told = meters.getMeters().stream()
                .map(meter -> meter.getId().toString())
                .toList();
        assertThat(told).isNotEmpty();
        return told;
    }

    private static List<String> jmx() throws Exception {
        List<String> values = new ArrayList<>();
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                server.getAttributes(name, new String[] {attribute.getName()}).asList().stream()
                        .map(Attribute::toString)
                        .forEach(values::add);
            }
        }
        assertThat(values).isNotEmpty();
        return values;
    }
}
