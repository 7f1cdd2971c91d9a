// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.spi.InterceptSendToEndpoint;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Replaces a producer whose endpoint is intercepted and skipped, as in tests with {@code mockEndpointsAndSkip}. Camel starts the
 * producer of a skipped endpoint, too, and a start that connects would fail without a network. So the producer is started by the
 * first exchange that is not skipped, which is possible if the interception has a condition.
 */
final class SkippedProducer extends DefaultAsyncProducer {
    private final Object starting = new Object();
    private final AsyncProcessor producer;

    private SkippedProducer(CrynuxEndpoint endpoint, Producer producer) {
        super(endpoint);
        this.producer = AsyncProcessorConverterHelper.convert(producer);
    }

    /** The producer itself, unless its endpoint is skipped. */
    static Producer unlessSkipped(CrynuxEndpoint endpoint, Producer producer) {
        return isIntercepted(endpoint) || isAutoMocked(endpoint) ? new SkippedProducer(endpoint, producer) : producer;
    }

    /** As interceptSendToEndpoint and AdviceWith do it. */
    private static boolean isIntercepted(CrynuxEndpoint endpoint) {
        return endpoint.getCamelContext().getEndpoints().stream()
                .anyMatch(registered -> registered instanceof InterceptSendToEndpoint interceptor
                        && interceptor.isSkip()
                        && interceptor.getOriginalEndpoint() == endpoint);
    }

    /** As camel-test does it. */
    private static boolean isAutoMocked(CrynuxEndpoint endpoint) {
        CamelContext context = endpoint.getCamelContext();
        try {
            return context.getCamelContextExtension().getAutoMockInterceptStrategies().stream()
                    .anyMatch(mocking -> mocking.isSkip()
                            && EndpointHelper.matchEndpoint(context, endpoint.getEndpointUri(), mocking.getPattern()));
        } catch (NoSuchMethodError e) {
            // Camel 4.14, whose camel-test intercepts.
            return false;
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            synchronized (starting) {
                ServiceHelper.startService(producer);
            }
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        return producer.process(exchange, callback);
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopService(producer);
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        ServiceHelper.stopAndShutdownService(producer);
        super.doShutdown();
    }
}
