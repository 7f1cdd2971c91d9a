// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which errors of nodes and providers limit the rate, and which ask for something else. */
class RateLimitWordsTest {

    private static Optional<RateLimitException> limit(int code, String words, String method) {
        return RateLimitException.of(new RpcError(code, words == null ? "" : words, ""), method, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                // The cases of ../shared/cases/09-rate-limits.json.
                "429, Your app has exceeded its compute units per second capacity.",
                "-32005, You've exceeded the RPS limit available on the current plan.",
                "-32011, request limit reached",
                "-32097, limit exceeded",
                "-32016, over rate limit",
                "-32090, \"Too many requests, reason: call rate limit exhausted, retry in 10s\"",
                // status-im/status-go#4807 (Infura).
                "-32005, exceeded project rate limit",
                "-32005, \"daily request count exceeded, request rate limited\"",
                "-32005, project ID request rate exceeded",
                "-32005, Limit exceeded",
                "-32005,",
                "429,",
                // reown-com/blockchain-api#1102 (TheRPC).
                "-32029, \"\"",
                "-32000, sender is over rate limit",
                "-32000, \"429 Too Many Requests: {}\"",
                "-32007, 50/second request limit reached - reduce calls per second or upgrade your account at quicknode.com",
                "-32007, 15/second request limit reached",
                "-32052, API key is not allowed: requests per second exceeded",
                "-32603, Request was throttled",
                "-32000, too many requests",
                "-32009, \"Server is busy, try again later\"",
                "-32005, server overloaded",
                "-32603, the node is under too much load",
                "35, Monthly capacity limit exceeded. Visit https://dashboard.alchemyapi.io/settings/billing",
                "-32001, Exceeded the quota usage",
                "-32001, reached the quota",
                "0, Rate limit exceeded",
                "0, rate-limited",
                "0, RateLimitExceeded",
                "0, requests limited to 100 per minute",
                "0, You reached the free tier limit",
                "-32000, Too many connections from this address",
            })
    void theseLimitTheRate(int code, String words) {
        assertThat(limit(code, words, "eth_getTransactionCount")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "-32005, query returned more than 10000 results, eth_getLogs",
                "-32005, limit exceeded, eth_getLogs",
                "-32097, limit exceeded, eth_getLogs",
                "-32602, Log response size exceeded, eth_getLogs",
                "-32005, block range limit exceeded, eth_getLogs",
                "-32600, \"Under the Free tier plan, you can make eth_getLogs requests with up to a 10 block range\", eth_getLogs",
                "-32000, block range is too large: requests limited to 2000 blocks, eth_getLogs",
                "-32005, Batched requests are not supported by this server, ",
                "-32005, Batch size limit exceeded, ",
                "-32600, batch limit 100 exceeded, ",
                "-32600, Too many requests in batch, ",
                "-32010, Batch size limit exceeded: too many requests in one batch, ",
                "3, execution reverted: rate limit exceeded, eth_call",
                "-32000, exceeds block gas limit, eth_sendRawTransaction",
                "-32000, \"account limit exceeded: pool\", eth_sendRawTransaction",
                "-32005, transaction pool limit reached, eth_sendRawTransaction",
                "-32000, in-flight transaction limit reached for delegated accounts, eth_sendRawTransaction",
                "-32000, \"tx fee (1.20 ether) exceeds the configured cap (1.00 ether)\", eth_sendRawTransaction",
                "-32000, insufficient funds for gas * price + value, eth_sendRawTransaction",
                "-32000, nonce too low, eth_sendRawTransaction",
                "-32601, the method is not included in your current plan, eth_getBlockReceipts",
                "-32000, Unsupported block tag pending, eth_getTransactionCount",
                "-32000, \"height 0 is not available, lowest height is 29000001\", eth_getBlockByNumber",
                "-32016, VM execution error, eth_call",
                "-32603, Internal error, eth_call",
            })
    void theseAskForSomethingElse(int code, String words, String method) {
        assertThat(limit(code, words, method)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "429, too many requests, eth_getLogs",
                "-32005, exceeded project rate limit, eth_getLogs",
                "429, Your app has exceeded its compute units per second capacity., eth_getLogs",
                "-32090, , eth_getLogs",
                "-32000, too many requests to send this transaction, eth_sendRawTransaction",
            })
    void theRateCanBeMeantOfLogsAndPaymentsToo(int code, String words, String method) {
        assertThat(limit(code, words, method)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`Too many requests, reason: call rate limit exhausted, retry in 10s`, ``, 10000",
                "`limit exceeded`, `{\"try_again_in\":\"153.6ms\"}`, 154",
                "`exceeded project rate limit`, `{\"rate\":{\"allowed_rps\":5,\"backoff_seconds\":30,\"current_rps\":5.2}}`, 30000",
                "`rate limited, try again in 2 minutes`, ``, 120000",
                "`rate limited`, `{\"retry_after\":3}`, 3000",
                "`rate limited`, `{\"retryAfterMs\":250}`, 250",
                "`Rate limit: retry after 0.5 seconds`, ``, 500",
            })
    void theTimeThatIsNamedCounts(String words, String data, long millis) {
        assertThat(RateLimitException.of(new RpcError(-32005, words, data), "eth_call", Optional.empty()))
                .get()
                .extracting(RateLimitException::asked)
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"over rate limit", "'100 requests per second'", "'429 Too Many Requests'"})
    void withoutATimeThereIsNone(String words) {
        assertThat(limit(429, words, "eth_call"))
                .get()
                .extracting(RateLimitException::asked)
                .isNull();
    }
}
