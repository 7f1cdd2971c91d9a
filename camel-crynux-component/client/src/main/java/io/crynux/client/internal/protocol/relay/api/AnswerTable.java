// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import static io.crynux.client.internal.protocol.relay.api.CallName.BALANCE;
import static io.crynux.client.internal.protocol.relay.api.CallName.CANCEL;
import static io.crynux.client.internal.protocol.relay.api.CallName.CHECKPOINT;
import static io.crynux.client.internal.protocol.relay.api.CallName.CREATE;
import static io.crynux.client.internal.protocol.relay.api.CallName.GET;
import static io.crynux.client.internal.protocol.relay.api.CallName.LEDGER;
import static io.crynux.client.internal.protocol.relay.api.CallName.LOGIN;
import static io.crynux.client.internal.protocol.relay.api.CallName.RESULT;
import static io.crynux.client.internal.protocol.relay.api.CallName.VALIDATE;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the Relay's messages mean, by call, status, field and the beginning of the message (relay protocol, sections 1 and 4, and
 * the recordings of a real Relay). The first row that fits counts. Messages that contain values, such as the schema's, fit by
 * their beginning.
 */
final class AnswerTable {
    private static final Set<CallName> ANY = EnumSet.allOf(CallName.class);
    private static final Set<CallName> OF_A_TASK = EnumSet.of(GET, CANCEL, VALIDATE, RESULT, CHECKPOINT);
    /** Of messages without a field. */
    private static final String NO_FIELD = "";

    /**
     * A row.
     *
     * @param field null for any field
     * @param prefix beginning of the message
     */
    record Row(Set<CallName> calls, int status, String field, String prefix, Function<String, Refusal> meaning) {
        boolean fits(CallName call, int ofStatus, String ofField, String message) {
            return status == ofStatus
                    && calls.contains(call)
                    && (field == null || field.equals(ofField))
                    && message.startsWith(prefix);
        }
    }

    static final List<Row> ROWS = List.of(
            // Signatures
            row(ANY, 400, "signature", "Invalid signature", Refusal.WrongClock::new),
            row(Set.of(BALANCE), 401, NO_FIELD, "Valid JWT or signature required", Refusal.WrongClock::new),
            row(OF_A_TASK, 400, "signature", "Signer not allowed", stranger(Subject.KEY)),
            row(Set.of(BALANCE, LEDGER), 400, "address", "Address mismatch", permanent(Subject.KEY)),
            row(Set.of(LOGIN), 400, "address", "Signature address mismatch", permanent(Subject.KEY)),
            row(ANY, 401, NO_FIELD, "Authorization header required", Refusal.LoginNeeded::new),
            row(ANY, 401, NO_FIELD, "Invalid authorization header format", Refusal.LoginNeeded::new),
            row(ANY, 401, NO_FIELD, "Invalid or expired token", Refusal.LoginNeeded::new),
            // Creating
            row(Set.of(CREATE), 400, "task_id_commitment", "Task already uploaded", there(false)),
            row(Set.of(CREATE), 500, NO_FIELD, "duplicated key not allowed", there(true)),
            row(Set.of(CREATE), 400, "task_fee", "Insufficient relay account balance", stranger(Subject.BALANCE)),
            row(Set.of(CREATE), 400, "address", "Signer not allowed", stranger(Subject.WHITELIST)),
            row(Set.of(CREATE), 400, "address", "Invalid address", stranger(Subject.WHITELIST)),
            row(Set.of(CREATE), 400, "task_args", "", permanent(Subject.PARAMETERS)),
            row(Set.of(CREATE), 400, "task_version", "", permanent(Subject.TASK_VERSION)),
            row(Set.of(CREATE), 400, "timeout", "", permanent(Subject.EXECUTION_TIMEOUT)),
            row(Set.of(CREATE), 400, "checkpoint", "", permanent(Subject.CHECKPOINT)),
            row(Set.of(CREATE), 400, "", "not a valid big integer", permanent(Subject.FEE)),
            row(Set.of(CREATE), 500, NO_FIELD, "sd pixel-step factors must be positive", permanent(Subject.PARAMETERS)),
            row(Set.of(CREATE), 500, NO_FIELD, "parse sd task args:", permanent(Subject.PARAMETERS)),
            row(Set.of(CREATE), 500, NO_FIELD, "parse llm task args:", permanent(Subject.PARAMETERS)),
            row(Set.of(CREATE), 500, NO_FIELD, "decode llm image base64:", permanent(Subject.PARAMETERS)),
            row(Set.of(CREATE), 500, NO_FIELD, "read llm image dimensions:", permanent(Subject.PARAMETERS)),
            row(Set.of(CREATE), 500, NO_FIELD, "unknown task type", permanent(Subject.REQUEST)),
            row(Set.of(CREATE), 500, NO_FIELD, "invalid character", permanent(Subject.PARAMETERS)),
            row(Set.of(CREATE), 500, NO_FIELD, "unexpected end of JSON input", permanent(Subject.PARAMETERS)),
            row(Set.of(CREATE), 500, NO_FIELD, "Error 1105 ", permanent(Subject.BODY_SIZE)),
            // Reading and cancelling
            row(ANY, 400, "task_id_commitment", "Task not found", Refusal.NotFound::new),
            row(ANY, 400, "task_id_commitment", "Task not ready", Refusal.NotYet::new),
            row(Set.of(CANCEL), 400, "abort_reason", "Abort reason not allowed", Refusal.Race::new),
            row(Set.of(CANCEL), 400, "task_id_commitment", "Task can no longer be cancelled", Refusal.Race::new),
            row(Set.of(CANCEL), 500, NO_FIELD, "duplicated key not allowed", Refusal.Race::new),
            // Validating
            row(Set.of(VALIDATE), 400, "task_id_commitments", "", permanent(Subject.REQUEST)),
            row(Set.of(VALIDATE), 400, "public_key", "", permanent(Subject.PROOF)),
            row(Set.of(VALIDATE), 400, "vrf_proof", "", permanent(Subject.PROOF)),
            row(Set.of(VALIDATE), 500, NO_FIELD, "record not found", Refusal.NotFound::new),
            row(Set.of(VALIDATE), 500, NO_FIELD, "task id incorrect", permanent(Subject.PROOF)),
            row(Set.of(VALIDATE), 500, NO_FIELD, "invalid sampling seed", permanent(Subject.PROOF)),
            row(Set.of(VALIDATE), 500, NO_FIELD, "invalid public key", permanent(Subject.PROOF)),
            row(Set.of(VALIDATE), 500, NO_FIELD, "invalid vrf proof", permanent(Subject.PROOF)),
            row(Set.of(VALIDATE), 500, NO_FIELD, "not task creator", permanent(Subject.KEY)),
            row(Set.of(VALIDATE), 500, NO_FIELD, "invalid proof", permanent(Subject.PROOF)),
            row(Set.of(VALIDATE), 500, NO_FIELD, "invalid point", permanent(Subject.PROOF)),
            row(Set.of(VALIDATE), 500, NO_FIELD, "invalid hex string", permanent(Subject.PROOF)),
            row(Set.of(VALIDATE), 500, NO_FIELD, "hex string without 0x prefix", permanent(Subject.PROOF)),
            row(Set.of(VALIDATE), 500, NO_FIELD, "hex string of odd length", permanent(Subject.PROOF)),
            row(Set.of(VALIDATE), 500, NO_FIELD, "task is selected for validation", sampled(true)),
            row(Set.of(VALIDATE), 500, NO_FIELD, "task is not selected for validation", sampled(false)),
            row(Set.of(VALIDATE), 500, NO_FIELD, "task group size is not 3", permanent(Subject.REQUEST)),
            row(Set.of(VALIDATE), 500, NO_FIELD, "task group records are incomplete", permanent(Subject.REQUEST)),
            row(Set.of(VALIDATE), 500, NO_FIELD, "task group validation expired", Refusal.GroupExpired::new),
            row(Set.of(VALIDATE), 500, NO_FIELD, "illegal task state", Refusal.Race::new),
            row(Set.of(VALIDATE), 500, NO_FIELD, "illegal previous task status", Refusal.Race::new),
            row(Set.of(VALIDATE), 500, NO_FIELD, "InferenceTask.Status changed during update", Refusal.Race::new),
            // Downloading
            row(Set.of(RESULT), 400, "task_id", "Task results not uploaded", Refusal.NotYet::new),
            row(Set.of(RESULT), 400, "index", "File not found", Refusal.NoFile::new),
            row(Set.of(CHECKPOINT), 400, "task_id", "Task checkpoint not uploaded", Refusal.NotYet::new),
            row(Set.of(CHECKPOINT), 400, "task_id", "Checkpoint file not found", Refusal.NoFile::new),
            // The database is away
            row(ANY, 500, NO_FIELD, "dial tcp ", AnswerTable::unavailable),
            row(ANY, 500, NO_FIELD, "context deadline exceeded", AnswerTable::unavailable),
            // Requests that are not as the API expects
            row(ANY, 400, "", "http: request body too large", permanent(Subject.BODY_SIZE)),
            row(ANY, 500, NO_FIELD, "Error 1054 ", permanent(Subject.REQUEST)),
            row(ANY, 400, null, "required", permanent(Subject.REQUEST)),
            row(ANY, 400, null, "multiple values not supported", permanent(Subject.REQUEST)),
            row(ANY, 400, null, "strconv.", permanent(Subject.REQUEST)),
            row(ANY, 400, "", "unexpected EOF", permanent(Subject.REQUEST)),
            row(ANY, 400, "", "unexpected end of JSON input", permanent(Subject.REQUEST)),
            row(ANY, 400, "", "invalid character", permanent(Subject.REQUEST)));

    private AnswerTable() {}

    /** The meaning of a message, or empty if the table does not contain it. */
    static Optional<Refusal> meaning(CallName call, int status, String field, String message, String shown) {
        return ROWS.stream()
                .filter(row -> row.fits(call, status, field, message))
                .findFirst()
                .map(row -> row.meaning().apply(shown));
    }

    private static Row row(
            Set<CallName> calls, int status, String field, String prefix, Function<String, Refusal> meaning) {
        return new Row(calls, status, field, prefix, meaning);
    }

    private static Function<String, Refusal> permanent(Subject subject) {
        return text -> new Refusal.Permanent(subject, text);
    }

    private static Function<String, Refusal> stranger(Subject subject) {
        return text -> new Refusal.Stranger(subject, text);
    }

    private static Function<String, Refusal> there(boolean duplicateKey) {
        return text -> new Refusal.AlreadyThere(duplicateKey, text);
    }

    private static Function<String, Refusal> sampled(boolean selected) {
        return text -> new Refusal.Sampled(selected, text);
    }

    private static Refusal unavailable(String text) {
        return new Refusal.Unavailable(Duration.ZERO, text);
    }
}
