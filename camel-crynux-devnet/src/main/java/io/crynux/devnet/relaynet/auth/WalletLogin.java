// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.auth;

import io.crynux.devnet.golang.GoHex;
import io.crynux.devnet.golang.GoSyntaxException;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.web3j.crypto.Sign;

/**
 * Login of wallets by a personal message (EIP-191), and what the token of a login opens.
 *
 * <p>A token is valid on each Relay with the same secret, thus after a restart too.
 */
public final class WalletLogin {
    /** Oldest timestamp of a signed message, in seconds before the Relay's clock. */
    public static final long MAX_AGE_SECONDS = 120;

    /** Latest timestamp of a signed message, in seconds after the Relay's clock. */
    public static final long MAX_AHEAD_SECONDS = 60;

    private static final int HEX_DIGITS = 130;

    private final Clock clock;
    private final Duration lifetime;
    private final WebTokens tokens;
    private final RequestSignatures signatures;

    /**
     * Creates the login of a Relay.
     *
     * @param clock the Relay's
     * @param secret that signs tokens
     * @param lifetime of a token; an hour in the Relay's example configuration
     */
    public WalletLogin(Clock clock, byte[] secret, Duration lifetime) {
        this.clock = clock;
        this.lifetime = lifetime;
        this.tokens = new WebTokens(clock, secret);
        this.signatures = new RequestSignatures(clock);
    }

    /**
     * Logs a wallet in: {@code POST /v1/client/connect_wallet}.
     *
     * @param address with the checksum of EIP-55
     * @throws RequestRefusedException 400 {@code signature}, {@code Invalid signature}, or {@code address}, {@code Signature
     *     address mismatch}
     */
    public WalletSession connect(String address, String signature, long timestamp) throws RequestRefusedException {
        String signer = signer("Connect Wallet", address, signature, timestamp)
                .orElseThrow(() -> RequestRefusedException.invalid("signature", "Invalid signature"));
        if (!signer.equals(address)) {
            throw RequestRefusedException.invalid("address", "Signature address mismatch");
        }
        return tokens.issue(address, lifetime);
    }

    /**
     * Signer of a personal message: four lines with the action, the address and the timestamp. v may be 0, 1, 27 or 28, {@code
     * 0x} may be missing, and s may be high.
     *
     * @return the address with the checksum of EIP-55; empty if no key can have made the signature, or the timestamp is more
     *     than 120 s old or more than 60 s ahead
     */
    public Optional<String> signer(String action, String address, String signature, long timestamp) {
        long now = clock.instant().getEpochSecond();
        if (timestamp < now - MAX_AGE_SECONDS || timestamp > now + MAX_AHEAD_SECONDS) {
            return Optional.empty();
        }
        String hex = signature.startsWith("0x") ? signature.substring(2) : signature;
        byte[] bytes;
        try {
            bytes = GoHex.decode(hex);
        } catch (GoSyntaxException e) {
            return Optional.empty();
        }
        if (hex.length() != HEX_DIGITS) {
            return Optional.empty();
        }
        if (bytes[64] == 27 || bytes[64] == 28) {
            bytes[64] = (byte) (bytes[64] - 27);
        }
        String message = "Crynux Relay\nAction: " + action + "\nAddress: " + address + "\nTimestamp: " + timestamp;
        return Signer.recover(Sign.getEthereumMessageHash(message.getBytes(StandardCharsets.UTF_8)), bytes);
    }

    /**
     * Address of the token in a request's header {@code Authorization}.
     *
     * @param header null if the request has none
     * @throws RequestRefusedException 401
     */
    public String requireToken(String header) throws RequestRefusedException {
        if (header == null || header.isEmpty()) {
            throw RequestRefusedException.unauthorized("Authorization header required");
        }
        return tokens.address(bearer(header)
                        .orElseThrow(() -> RequestRefusedException.unauthorized(
                                "Invalid authorization header format. Use 'Bearer <token>'")))
                .orElseThrow(() -> RequestRefusedException.unauthorized("Invalid or expired token"));
    }

    /**
     * Address of the token, or else of the signature in the query, as routes of {@code /v2} take either.
     *
     * @param header {@code Authorization}; null if the request has none
     * @param fields what is signed
     * @param timestamp of the query; null or empty if it has none
     * @param signature of the query; null or empty if it has none
     * @throws RequestRefusedException 401 {@code Valid JWT or signature required}
     */
    public String requireTokenOrSignature(String header, Map<String, ?> fields, String timestamp, String signature)
            throws RequestRefusedException {
        return Optional.ofNullable(header)
                .flatMap(WalletLogin::bearer)
                .flatMap(tokens::address)
                .or(() -> seconds(timestamp)
                        .flatMap(time -> signatures.strictSigner(fields, time, signature == null ? "" : signature)))
                .orElseThrow(() -> RequestRefusedException.unauthorized("Valid JWT or signature required"));
    }

    /**
     * Checks that a path names the account of the caller. The Relay compares texts, so another letter case does not pass.
     *
     * @throws RequestRefusedException 400 {@code address}, {@code Address mismatch}
     */
    public static void requireOwner(String address, String caller) throws RequestRefusedException {
        if (!address.equals(caller)) {
            throw RequestRefusedException.invalid("address", "Address mismatch");
        }
    }

    private static Optional<String> bearer(String header) {
        String[] parts = header.split(" ", -1);
        return parts.length == 2 && parts[0].equals("Bearer") ? Optional.of(parts[1]) : Optional.empty();
    }

    private static Optional<Long> seconds(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
