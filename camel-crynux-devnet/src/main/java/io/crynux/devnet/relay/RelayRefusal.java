// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

/** A request that the Relay refuses with HTTP 400: what it found wrong, and in which parameter. */
public final class RelayRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    /** The message where a node uploads result files a second time. */
    public static final String RESULTS_ALREADY_UPLOADED = "Task results already uploaded";

    private final String field;

    RelayRefusal(String field, String message) {
        super(message);
        this.field = field;
    }

    static RelayRefusal invalidSignature() {
        return new RelayRefusal("signature", "Invalid signature");
    }

    static RelayRefusal signerNotAllowed() {
        return new RelayRefusal("signature", "Signer not allowed");
    }

    /** The name of the parameter that is refused, as in the answer's {@code field_name}. */
    public String field() {
        return field;
    }
}
