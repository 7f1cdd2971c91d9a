// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Control and JSON-RPC take JSON of a reasonable size that means something, and say what is wrong with everything else. */
class ControlBodiesTest {
    private static final String CHAIN_ID = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}";
    private static final String HOST = "Host: localhost\n";
    private static final String JSON = HOST + "Content-Type: application/json\n";

    @RegisterExtension
    static final CrynuxDevnet DEVNET =
            CrynuxDevnet.builder().nodes(0).blockTime(Duration.ofMillis(100)).build();

    private final RawHttp rpc = new RawHttp(DEVNET.rpcUrl());
    private final RawHttp relay = new RawHttp(DEVNET.relayUrl());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON; charset=utf-8",
                "application/json;charset=UTF-8",
                "application/json-rpc",
                "application/jsonrequest"
            })
    void jsonIsTakenByEachOfItsNames(String type) {
        String headers = HOST + "Content-Type: " + type + "\n";
        assertThat(RawHttp.status(rpc.post("/", headers, CHAIN_ID))).isEqualTo(200);
        assertThat(RawHttp.status(relay.post("/devnet/chain/mine", headers, "{}")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/x-www-form-urlencoded\n",
                "Content-Type: text/plain\n",
                "Content-Type: multipart/form-data; boundary=application/json\n",
                "Content-Type: application/jsonp\n",
                "Content-Type: text/plain; application/json\n",
                "Content-Type:\n",
                ""
            })
    void everythingElseIsRefused(String header) {
        assertThat(rpc.post("/", HOST + header, CHAIN_ID))
                .startsWith("HTTP/1.1 415")
                .contains("the body must be JSON, with the header Content-Type: application/json (curl: -H");
        assertThat(relay.post("/devnet/faults", HOST + header, "{\"fault\":\"rpc.down\"}"))
                .startsWith("HTTP/1.1 415")
                .contains("the body must be JSON");
        assertThat(DEVNET.faults().on()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "faults | {\"fault\":\"rpc.down\",\"time\":3} | unknown member 'time'; known members: fault, times, during",
                "faults | {\"fault\":\"rpc.slow\",\"delay\":\"1s\",\"DELAY\":\"2s\"} | unknown member 'DELAY'; known members: fault, times, during, delay",
                "faults | {\"fault\":\"relay.missStarts\",\"a\":1,\"b\":2} | unknown member 'a', 'b'",
                "chain/mine | {\"block\":3} | unknown member 'block'; known members: blocks",
                "chain/pauseBlocks | {\"for\":\"1s\"} | unknown member 'for'; this request has none",
                "chain/resumeBlocks | {\"x\":null} | unknown member 'x'",
                "chain/reorg | {\"depth\":1,\"new_blocks\":2} | unknown member 'new_blocks'; known members: depth, newBlocks, transactions",
                "chain/advanceTime | {\"time\":\"1s\",\"seconds\":1} | unknown member 'seconds'",
                "chain/dropTransaction | {\"hash\":\"0x00\",\"nonce\":1} | unknown member 'nonce'",
                "chain/fund | {\"address\":\"0x0000000000000000000000000000000000000001\",\"wei\":\"1\",\"cnx\":\"1\"} | unknown member 'cnx'",
                "faults | {\"fault\":\"rpc.down\",\"fault\":\"rpc.slow\"} | not JSON",
                "faults | {\"fault\":\"rpc.down\"} {} | not JSON",
                "faults | {\"fault\":\"rpc.down\" | not JSON",
                "chain/mine | {\"blocks\":0} | 'blocks' must be from 1 to 10000",
                "chain/mine | {\"blocks\":2147483647} | 'blocks' must be from 1 to 10000",
                "chain/mine | {\"blocks\":1e400} | must be a whole number",
                "chain/reorg | {\"depth\":1,\"newBlocks\":100000} | 'newBlocks' must be from 1 to 10000",
                "chain/reorg | {\"depth\":-1} | depth",
                "chain/advanceTime | {\"time\":\"-5s\"} | is not a duration",
                "chain/fund | {\"address\":\"x\",\"wei\":\"1\"} | 'address' must be an address"
            })
    void whatMeansNothingIsRefusedAndDoesNothing(String path, String body, String why) {
        assertThat(relay.post("/devnet/" + path, JSON, body))
                .startsWith("HTTP/1.1 400")
                .containsIgnoringCase(why);
        assertThat(DEVNET.faults().on()).isEmpty();
    }

    @Test
    void bodiesThatAreTooLongAreRefused() {
        String body = "{\"fault\":\"" + "x".repeat(70_000) + "\"}";
        assertThat(RawHttp.status(relay.post("/devnet/faults", JSON, body))).isEqualTo(413);
        assertThat(RawHttp.status(relay.send(
                        "POST /devnet/faults HTTP/1.1\n" + JSON + "Content-Length: 9999999999\n", new byte[0])))
                .isEqualTo(413);
        String chunk = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
        assertThat(RawHttp.status(relay.send(
                        "POST /devnet/faults HTTP/1.1\n" + JSON + "Transfer-Encoding: chunked\n",
                        chunk.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void bodiesThatAreTooDeepAreRefused(String opening) {
        String deep = opening.repeat(10_000);
        assertThat(RawHttp.status(relay.post("/devnet/faults", JSON, deep))).isEqualTo(400);
        assertThat(RawHttp.status(relay.post("/v1/inference_tasks", JSON, deep)))
                .isEqualTo(400);
        assertThat(rpc.post("/", JSON, deep)).startsWith("HTTP/1.1 400").contains("-32700");
        assertThat(RawHttp.status(
                        relay.post("/devnet/faults", JSON, "{\"fault\":" + "[".repeat(900) + "]".repeat(900) + "}")))
                .isEqualTo(400);
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        for (byte[] bytes : new byte[][] {
            {0, 0, 1, 0}, {(byte) 0xff, (byte) 0xfe, 0, 0}, {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}, {0}
        }) {
            String length = "Connection: close\nContent-Length: " + bytes.length + "\n";
            for (String path : new String[] {"/devnet/faults", "/v1/inference_tasks"}) {
                assertThat(RawHttp.status(relay.send("POST " + path + " HTTP/1.1\n" + JSON + length, bytes)))
                        .isEqualTo(400);
            }
            assertThat(rpc.send("POST / HTTP/1.1\n" + JSON + length, bytes)).contains("\"error\":{\"code\":-32");
        }
    }
}
