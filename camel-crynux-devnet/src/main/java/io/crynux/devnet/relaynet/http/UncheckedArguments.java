// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;

/** Parameters of any content, as long as they are JSON. */
public final class UncheckedArguments implements TaskArguments {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @Override
    public void check(long type, String args) throws RequestRefusedException {
        rewritten(type, args);
    }

    @Override
    public double workload(long type, String args) {
        return 1;
    }

    @Override
    public String rewritten(long type, String args) throws RequestRefusedException {
        try {
            JsonNode json = JSON.readTree(args);
            return JSON.writeValueAsString(JSON.treeToValue(json, Object.class));
        } catch (JsonProcessingException e) {
            throw RequestRefusedException.failure("unexpected end of JSON input");
        }
    }
}
