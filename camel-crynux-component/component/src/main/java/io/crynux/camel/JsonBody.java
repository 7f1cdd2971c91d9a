// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** JSON text as a body, which JMS, Kafka and files can carry. */
final class JsonBody {

    private JsonBody() {}

    static void set(Message message, String json) {
        message.setBody(json);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    }
}
