// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.refusal;

import java.util.Optional;

/** A request that the Relay answers with an error: the HTTP status, and what the body contains. */
public final class RequestRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int SERVER_ERROR = 500;

    private final int status;
    private final String field;

    private RequestRefusedException(int status, String field, String message) {
        super(message);
        this.status = status;
        this.field = field;
    }

    /**
     * 400: {@code {"message":"validation_error","data":{"field_name":field,"message":message}}}.
     *
     * @param field the name of the parameter; empty if the body as a whole cannot be read
     */
    public static RequestRefusedException invalid(String field, String message) {
        return new RequestRefusedException(BAD_REQUEST, field, message);
    }

    /** 401: {@code {"message":message}}. */
    public static RequestRefusedException unauthorized(String message) {
        return new RequestRefusedException(UNAUTHORIZED, null, message);
    }

    /** 500: {@code {"message":message}}. The Relay also answers refusals that are permanent in this way. */
    public static RequestRefusedException failure(String message) {
        return new RequestRefusedException(SERVER_ERROR, null, message);
    }

    /** 500 without a body: the Relay's handler panicked. */
    public static RequestRefusedException panic() {
        return new RequestRefusedException(SERVER_ERROR, null, null);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** {@code field_name} of the body; present if and only if the status is 400. */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /** False if the answer's body is empty. */
    public boolean hasBody() {
        return getMessage() != null;
    }
}
