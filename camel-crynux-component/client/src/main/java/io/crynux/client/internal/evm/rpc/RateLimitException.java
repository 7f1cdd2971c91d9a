// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import io.crynux.client.internal.text.ForeignText;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node says that it is asked too often. There is no code for that which all have in common, so the codes of providers count, and
 * words. Neither counts where a smaller range or batch is asked for, or a contract has the word.
 */
final class RateLimitException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Codes that mean nothing else: 429 as in HTTP (Alchemy's error reference), -32029 (TheRPC, reown-com/blockchain-api#1102),
     * -32090 ("call rate limit exhausted", circlefin/arc-node#207).
     */
    private static final Set<Integer> CODES = Set.of(429, -32029, -32090);

    /**
     * Codes that other limits have, too: -32005 is any limit (EIP-1474), for Infura that of requests (status-im/status-go#4807) and
     * of results; -32097 (safe-global/safe-wallet-monorepo#7939).
     */
    private static final Set<Integer> CODES_OF_LIMITS = Set.of(-32005, -32097);

    /**
     * Words for it: "over rate limit" (base/node#368), "Your app has exceeded its compute units per second capacity" (Alchemy),
     * "You've exceeded the RPS limit" (Chainstack), "50/second request limit reached" (QuickNode), "Too Many Requests",
     * "under too much load", "requests limited to" (erpc/erpc, architecture/evm/error_normalizer.go), "Server is busy"
     * (paritytech/jsonrpsee, types/src/error.rs).
     */
    private static final Pattern WORDS = Pattern.compile("rate.{0,3}limit|request rate|rate (is |was )?exceeded|throttl"
            + "|too many (requests|calls|connections)|too much load|overloaded|server is busy|slow down"
            + "|\\brps\\b|compute units|(per |/ ?)(second|sec|minute)\\b|requests? limit");

    /** Words for limits of any kind, such as "Monthly capacity limit exceeded", "reached the quota" (erpc/erpc, as above). */
    private static final Pattern WORDS_OF_LIMITS =
            Pattern.compile("limits? (has been |is |was )?(reached|exceeded|exhausted)|(exceed|reach)\\w* .{0,40}limit"
                    + "|capacity|quota|daily request|free tier");

    /** What else can be limited. */
    private static final Pattern OTHER_LIMITS =
            Pattern.compile("\\bgas\\b|nonce|pool|range|batch|\\blogs\\b|result|\\bblocks?\\b"
                    + "|size|too large|account|\\bfee|balance|transaction|archive|history");

    private static final Pattern CONTRACT = Pattern.compile("revert|execution|\\bvm\\b");

    /** "retry in 10s", "try_again_in":"153.6ms" (Chainstack), "backoff_seconds":30 (Infura). */
    private static final Pattern NAMED_TIME = Pattern.compile(
            "(?:retry|try.?again|back.?off)([^0-9]{0,24}?)(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(ms|milli|s|m|h)?");

    private final transient Duration asked;

    /** @param asked how long the node asks to be left alone; null where it does not say */
    RateLimitException(String words, Duration asked) {
        super("it limits the rate of requests (" + ForeignText.shown(words) + ")");
        this.asked = asked;
    }

    /** How long the node asks to be left alone; null where it does not say. */
    Duration asked() {
        return asked;
    }

    /**
     * Whether an error is a limit of the rate.
     *
     * @param method what was asked for; null for several calls
     * @param retryAfter what the HTTP header says; empty without
     */
    static Optional<RateLimitException> of(RpcError error, String method, Optional<Duration> retryAfter) {
        if (!isRateLimit(error, method)) {
            return Optional.empty();
        }
        String words = error.words().isBlank() ? "code " + error.code() : error.words();
        return Optional.of(new RateLimitException(
                words, retryAfter.orElseGet(() -> namedTime(error.words() + " " + error.data()))));
    }

    /** Whether a page in place of a JSON-RPC answer names it. */
    static boolean isNamedBy(String page) {
        return WORDS.matcher(page.toLowerCase(Locale.ROOT)).find();
    }

    private static boolean isRateLimit(RpcError error, String method) {
        String words = error.words().toLowerCase(Locale.ROOT);
        if (CONTRACT.matcher(words).find()) {
            return false;
        }
        boolean other = OTHER_LIMITS.matcher(words).find();
        if (WORDS.matcher(words).find()) {
            return !other || (!RpcBatch.isRefusal(words) && !"eth_getLogs".equals(method));
        }
        if (CODES.contains(error.code())) {
            return true;
        }
        // Of logs, a limit without a word for the rate is one of their number or of the range.
        return !other
                && !"eth_getLogs".equals(method)
                && (CODES_OF_LIMITS.contains(error.code())
                        || WORDS_OF_LIMITS.matcher(words).find());
    }

    /** Null where the words name no time. */
    private static Duration namedTime(String words) {
        Matcher named = NAMED_TIME.matcher(words.toLowerCase(Locale.ROOT));
        if (!named.find()) {
            return null;
        }
        String unit = named.group(3) != null ? named.group(3) : named.group(1).contains("ms") ? "ms" : "s";
        long millis =
                switch (unit) {
                    case "ms", "milli" -> 1;
                    case "m" -> 60_000;
                    case "h" -> 3_600_000;
                    default -> 1_000;
                };
        return Duration.ofMillis(new BigDecimal(named.group(2))
                .multiply(BigDecimal.valueOf(millis))
                .setScale(0, RoundingMode.UP)
                .longValueExact());
    }
}
