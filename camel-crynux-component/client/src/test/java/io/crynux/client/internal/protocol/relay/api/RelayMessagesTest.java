// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.crynux.client.internal.protocol.relay.limit.Priority;
import io.crynux.client.internal.protocol.relay.replay.ReplayClient;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each message of the relay protocol, section 1, has its reaction. A line is call, status, field, message and reaction. */
class RelayMessagesTest {
    private static final String WORD = "0x" + "11".repeat(32);
    private static final String MESSAGES =
            """
            CREATE|400|signature|Invalid signature|WrongClock
            GET|400|signature|Invalid signature|WrongClock
            VALIDATE|400|signature|Invalid signature|WrongClock
            LOGIN|400|signature|Invalid signature|WrongClock
            BALANCE|401||Valid JWT or signature required|WrongClock
            GET|400|signature|Signer not allowed|Stranger KEY
            VALIDATE|400|signature|Signer not allowed|Stranger KEY
            RESULT|400|signature|Signer not allowed|Stranger KEY
            CHECKPOINT|400|signature|Signer not allowed|Stranger KEY
            CANCEL|400|signature|Signer not allowed|Stranger KEY
            CREATE|400|task_fee|Insufficient relay account balance|Stranger BALANCE
            CREATE|400|address|Signer not allowed|Stranger WHITELIST
            CREATE|400|address|Invalid address|Stranger WHITELIST
            BALANCE|400|address|Address mismatch|Permanent KEY
            LEDGER|400|address|Address mismatch|Permanent KEY
            LOGIN|400|address|Signature address mismatch|Permanent KEY
            CREATE|400|task_id_commitment|Task already uploaded|AlreadyThere false
            CREATE|500||duplicated key not allowed|AlreadyThere true
            CANCEL|500||duplicated key not allowed|Race
            GET|500||dial tcp 127.0.0.1:3306: connect: connection refused|Unavailable
            CREATE|500||dial tcp 10.0.0.1:3306: i/o timeout|Unavailable
            VALIDATE|500||context deadline exceeded|Unavailable
            EVENTS|500||dial tcp 127.0.0.1:3306: connect: connection refused|Unavailable
            CREATE|400|task_args|jsonschema: '/prompt' does not validate with http://x/y.json#/p: length|Permanent PARAMETERS
            CREATE|400|task_args|required|Permanent PARAMETERS
            CREATE|400|task_version|Invalid task version|Permanent TASK_VERSION
            CREATE|400|timeout|Timeout is required for fine-tune tasks|Permanent EXECUTION_TIMEOUT
            CREATE|400|checkpoint|More than one checkpoint file uploaded|Permanent CHECKPOINT
            CREATE|400||not a valid big integer: 1.5|Permanent FEE
            CREATE|400||http: request body too large|Permanent BODY_SIZE
            VALIDATE|400||http: request body too large|Permanent BODY_SIZE
            CREATE|500||invalid character 'N' looking for beginning of value|Permanent PARAMETERS
            CREATE|500||unexpected end of JSON input|Permanent PARAMETERS
            CREATE|500||sd pixel-step factors must be positive|Permanent PARAMETERS
            CREATE|500||parse sd task args: json: cannot unmarshal|Permanent PARAMETERS
            CREATE|500||parse llm task args: json: cannot unmarshal|Permanent PARAMETERS
            CREATE|500||decode llm image base64: illegal base64 data|Permanent PARAMETERS
            CREATE|500||read llm image dimensions: image: unknown format|Permanent PARAMETERS
            CREATE|500||unknown task type 3|Permanent REQUEST
            CREATE|500||Error 1105 (HY000): Parameter of prepared statement ... max_allowed_packet|Permanent BODY_SIZE
            CREATE|400|task_model_ids|required|Permanent REQUEST
            CREATE|400||strconv.ParseUint: parsing "-1": invalid syntax|Permanent REQUEST
            GET|400|Timestamp|strconv.ParseInt: parsing "abc": invalid syntax|Permanent REQUEST
            GET|400|Timestamp|multiple values not supported|Permanent REQUEST
            GET|400|task_id_commitment|Task not found|NotFound
            GET|400|task_id_commitment|Task not ready|NotYet
            CANCEL|400|task_id_commitment|Task not found|NotFound
            CANCEL|400|abort_reason|Abort reason not allowed|Race
            CANCEL|400|task_id_commitment|Task can no longer be cancelled|Race
            VALIDATE|400|task_id_commitments|TaskIDCommitments length incorrect|Permanent REQUEST
            VALIDATE|400|public_key|required|Permanent PROOF
            VALIDATE|400|vrf_proof|required|Permanent PROOF
            VALIDATE|400|task_id_commitments|required|Permanent REQUEST
            VALIDATE|400||unexpected EOF|Permanent REQUEST
            CREATE|400||unexpected end of JSON input|Permanent REQUEST
            CREATE|400||invalid character 'x' after top-level value|Permanent REQUEST
            VALIDATE|500||record not found|NotFound
            VALIDATE|500||task id incorrect|Permanent PROOF
            VALIDATE|500||invalid sampling seed|Permanent PROOF
            VALIDATE|500||invalid public key|Permanent PROOF
            VALIDATE|500||invalid public key: [1,2] not on secp256k1 curve|Permanent PROOF
            VALIDATE|500||invalid vrf proof|Permanent PROOF
            VALIDATE|500||not task creator|Permanent KEY
            VALIDATE|500||invalid proof|Permanent PROOF
            VALIDATE|500||invalid point|Permanent PROOF
            VALIDATE|500||hex string without 0x prefix|Permanent PROOF
            VALIDATE|500||hex string of odd length|Permanent PROOF
            VALIDATE|500||invalid hex string|Permanent PROOF
            VALIDATE|500||task is selected for validation|Sampled true
            VALIDATE|500||task is not selected for validation|Sampled false
            VALIDATE|500||task group size is not 3|Permanent REQUEST
            VALIDATE|500||task group records are incomplete|Permanent REQUEST
            VALIDATE|500||task group validation expired|GroupExpired
            VALIDATE|500||illegal task state|Race
            VALIDATE|500||illegal previous task status|Race
            VALIDATE|500||InferenceTask.Status changed during update|Race
            RESULT|400|task_id|Task results not uploaded|NotYet
            RESULT|400|index|File not found|NoFile
            RESULT|400|task_id_commitment|Task not found|NotFound
            CHECKPOINT|400|task_id|Task checkpoint not uploaded|NotYet
            CHECKPOINT|400|task_id|Checkpoint file not found|NoFile
            LEDGER|401||Authorization header required|LoginNeeded
            LEDGER|401||Invalid authorization header format. Use 'Bearer <token>'|LoginNeeded
            LEDGER|401||Invalid or expired token|LoginNeeded
            EVENTS|500||Error 1054 (42S22): Unknown column 'event_type' in 'WHERE'|Permanent REQUEST
            EXECUTION_TIME|400|model|required|Permanent REQUEST
            GET|500||something new|Unknown
            CREATE|400|something|new|Unknown
            GET|404||404 page not found|NotTheApi
            GET|301||moved|NotTheApi
            GET|503||away|Unavailable
            CREATE|429||slow down|Unavailable
            """;

    private static volatile String[] next;
    private static HttpServer server;
    private static ReplayClient client;
    private static RelayApi api;

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            boolean time = exchange.getRequestURI().getPath().equals("/v1/now");
            byte[] body =
                    (time ? "{\"message\":\"success\",\"data\":{\"now\":1}}" : body()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Retry-After", "7");
            exchange.sendResponseHeaders(time ? 200 : Integer.parseInt(next[1]), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        client = new ReplayClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        api = client.api("0x" + "46".repeat(32));
    }

    private static String body() {
        String message = next[3].replace("\"", "\\\"");
        return next[2].isEmpty() && !next[1].equals("400")
                ? "{\"message\":\"" + message + "\"}"
                : "{\"message\":\"validation_error\",\"data\":{\"field_name\":\"" + next[2] + "\",\"message\":\""
                        + message + "\"}}";
    }

    @AfterAll
    static void stop() {
        client.close();
        server.stop(0);
    }

    static Stream<String> messages() {
        return MESSAGES.lines();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void hasItsReaction(String line) {
        String[] columns = line.split("\\|");

        Refusal refusal = answer(columns).refusal().orElseThrow();

        assertThat(name(refusal)).isEqualTo(columns[4]);
        if (refusal instanceof Refusal.Unavailable away && !columns[1].equals("500")) {
            assertThat(away.retryAfter()).hasSeconds(7);
        }
    }

    private static Answer<?> answer(String[] columns) {
        next = columns;
        return ReplayClient.get(call(CallName.valueOf(columns[0])).thenApply(answer -> answer));
    }

    private static String name(Refusal refusal) {
        String name = refusal.getClass().getSimpleName();
        if (refusal instanceof Refusal.Permanent permanent) {
            return name + " " + permanent.subject();
        } else if (refusal instanceof Refusal.Stranger stranger) {
            return name + " " + stranger.subject();
        } else if (refusal instanceof Refusal.AlreadyThere there) {
            return name + " " + there.duplicateKey();
        } else if (refusal instanceof Refusal.Sampled sampled) {
            return name + " " + sampled.selected();
        }
        return name;
    }

    private static CompletableFuture<? extends Answer<?>> call(CallName call) {
        CreateFields fields =
                new CreateFields(WORD, WORD, "{}", 0, List.of("base:m"), 0, "", 0, "3.1.0", 1, BigInteger.ONE, 0);
        return switch (call) {
            case CREATE -> api.create(fields, null, Priority.CREATE, at -> CompletableFuture.completedFuture(null));
            case GET -> api.get(WORD, Priority.SWEEP);
            case CANCEL -> api.cancel(WORD);
            case VALIDATE -> api.validate(WORD, List.of(WORD), "0x", "0x");
            case RESULT -> api.result(WORD, 0, 64L << 20, 1L << 16);
            case CHECKPOINT -> api.checkpoint(WORD, 64L << 20, 1L << 16);
            case EVENTS -> api.events(0, 1, "");
            case BALANCE -> api.balance();
            case LOGIN -> api.login();
            case LEDGER -> api.ledger(new Token("t", Instant.MAX), 1, 1);
            default -> api.textExecutionTime("m", 8);
        };
    }

    @Test
    void eachRowOfTheTableHasAMessageHere() {
        for (AnswerTable.Row row : AnswerTable.ROWS) {
            assertThat(MESSAGES.lines()
                            .map(line -> line.split("\\|"))
                            .anyMatch(columns -> row.fits(
                                    CallName.valueOf(columns[0]),
                                    Integer.parseInt(columns[1]),
                                    columns[2],
                                    columns[3])))
                    .as(row.toString())
                    .isTrue();
        }
    }

    @Test
    void secretsAreInNoText() {
        String signature = "0x" + "ab".repeat(65);
        String[] columns = {"GET", "500", "", "bad " + signature + " of eyJhbGciOi.J9.x_y and Bearer abc", ""};

        assertThat(answer(columns).refusal().orElseThrow().text()).isEqualTo("HTTP 500: bad ... of ... and ...");
    }
}
