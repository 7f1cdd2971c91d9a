// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.signing;

import io.crynux.client.internal.relayhttp.RequestSigner;
import io.crynux.client.internal.relayhttp.RequestSigner.SignedAt;
import io.crynux.client.internal.signing.CheckedSigner;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.utils.Numeric;

/** Signs requests and logins for one wallet with the Relay's time. Fails with {@link io.crynux.client.error.SignerException}s. */
public final class RelaySigner {
    private static final String LOGIN_ACTION = "Connect Wallet";

    private final String address;
    private final CheckedSigner signer;
    private final RequestSigner requests;
    private final RelayClock clock;

    /** @param address of the signer, in any case */
    public RelaySigner(String address, CheckedSigner signer, RelayClock clock) {
        this.address = Keys.toChecksumAddress(address);
        this.signer = signer;
        this.clock = clock;
        this.requests = new RequestSigner(signer, clock.asClock());
    }

    /** In EIP-55 form: the Relay compares it letter by letter. */
    public String address() {
        return address;
    }

    /** Signs the fields of a request with the time of now. */
    public CompletableFuture<SignedAt> sign(SignedFields fields) {
        return clock.ready().thenCompose(now -> requests.sign(fields.asMap()));
    }

    /** Signs the login text as an Ethereum message (EIP-191; relay protocol, section 2.3). */
    public CompletableFuture<SignedAt> signLogin() {
        return clock.ready().thenCompose(this::signLoginAt);
    }

    private CompletableFuture<SignedAt> signLoginAt(Instant now) {
        long timestamp = now.getEpochSecond();
        String text = "Crynux Relay\nAction: " + LOGIN_ACTION + "\nAddress: " + address + "\nTimestamp: " + timestamp;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(0x19);
        message.writeBytes(("Ethereum Signed Message:\n" + bytes.length).getBytes(StandardCharsets.UTF_8));
        message.writeBytes(bytes);
        return signer.sign(Hash.sha3(message.toByteArray()))
                .thenApply(signature -> new SignedAt(timestamp, Numeric.toHexString(signature.toBytes())));
    }
}
