// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import java.time.Duration;

/**
 * Why a call was not done, or may not have been, by what its caller has to do. The texts are the Relay's, made safe for logs,
 * without signatures and tokens.
 */
public sealed interface Refusal {

    /** For messages. */
    String text();

    /**
     * Refused for good: the same call would be refused again. Nothing was done or charged.
     *
     * @param subject what has to change
     */
    record Permanent(Subject subject, String text) implements Refusal {}

    /** The Relay does not know the task. */
    record NotFound(String text) implements Refusal {}

    /** Not yet: the same call succeeds later if all goes well. */
    record NotYet(String text) implements Refusal {}

    /**
     * What the Relay answers to a stranger. It also looks so when the signature is by another key or of other fields: then the
     * Relay recovers another address. For a creation a signed balance call decides whether it is the balance, the whitelist or the
     * key.
     *
     * @param subject what the Relay names: the balance or the whitelist for a creation, the key for other calls
     */
    record Stranger(Subject subject, String text) implements Refusal {}

    /** The task is in another state than the call requires, maybe because an earlier call was done: reading the task decides. */
    record Race(String text) implements Refusal {}

    /** The group cannot be validated any more, because the deadline of a member passed. Its other members can, alone. */
    record GroupExpired(String text) implements Refusal {}

    /**
     * The Relay decides otherwise whether the task is sampled. It is right.
     *
     * @param selected what the Relay says
     */
    record Sampled(boolean selected, String text) implements Refusal {}

    /**
     * A creation with this commitment was accepted before: reading the task decides.
     *
     * @param duplicateKey the answer that the Relay's database gives. Together with {@link NotFound} it means that the task has
     *     been purged, and that the commitment can never be used again
     */
    record AlreadyThere(boolean duplicateKey, String text) implements Refusal {}

    /**
     * The Relay, its database or a proxy is temporarily not available. The same call later; as the call may have been done
     * nevertheless, reading the task decides for calls that are not idempotent.
     *
     * @param retryAfter what the answer asks for; zero if it does not
     */
    record Unavailable(Duration retryAfter, String text) implements Refusal {}

    /** There was no complete answer. The call may have been done. */
    record NoAnswer(String text) implements Refusal {}

    /** The signature's time, or the signature itself, is not accepted, although the Relay's time was read again. */
    record WrongClock(String text) implements Refusal {}

    /** The call needs a new login. */
    record LoginNeeded(String text) implements Refusal {}

    /** The file does not exist: its number is too high, or it was purged. */
    record NoFile(String text) implements Refusal {}

    /** The file is larger than the caller accepts. */
    record TooLarge(String text) implements Refusal {}

    /** Not an answer of this API, such as the page of a proxy or of another server. */
    record NotTheApi(String text) implements Refusal {}

    /**
     * An answer that this version does not know. The call may have been done.
     *
     * @param status of HTTP
     */
    record Unknown(int status, String text) implements Refusal {}
}
