// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.crynux.client.error.NetworkException;
import io.crynux.client.settings.HttpSettings;
import io.crynux.client.settings.HttpSettings.BasicCredentials;
import io.crynux.client.task.TaskState;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.RpcProxy;
import io.crynux.testing.RpcProxy.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** User and password go to whom they are for, a server or the proxy, and to nobody else. */
@Tag("chain")
class CredentialsTest extends ChainTestSupport {
    private static CrynuxDevnet shared;

    @BeforeAll
    static void startNetwork() {
        shared = quick().start();
    }

    @AfterAll
    static void stopNetwork() {
        shared.close();
    }

    @BeforeEach
    void startProxy() {
        devnet = shared;
        rpc = proxyTo(devnet.rpcUrl());
    }

    private static String with(String credentials, String url) {
        return url.replace("://", "://" + credentials + "@");
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "user:s3cret, user:s3cret",
        "token, token:",
        ":key, :key",
        "user:p%40ss%2Fw%3Ard%25, user:p@ss/w:rd%",
        "a+b:c+d, a+b:c+d",
        "user:p%C3%A4ss, user:päss",
        "us%20er:, us er:",
        "user:pa:ss, user:pa:ss",
    })
    void thoseOfTheRpcUrlAreSentDecoded(String inUrl, String sent) throws Exception {
        CrynuxClient client = open(builder().rpcUrl(with(inUrl, rpc.url()) + "/v1"));

        get(client.connectChain());

        assertThat(rpc.authorizations()).isNotEmpty().containsOnly(basic(sent));
    }

    @Test
    void theyAreSentToTheirHostOnly() throws Exception {
        RpcProxy backup = proxyTo(devnet.rpcUrl());
        RpcProxy third = proxyTo(devnet.rpcUrl());
        CrynuxClient client = open(
                builder().rpcUrl(with("user:s3cret", rpc.url()) + "," + backup.url() + "," + with("a:b", third.url())));
        get(client.connect());
        rpc.goDown();

        assertThat(get(submitUntilCreated(client, "30")).state()).isEqualTo(TaskState.CREATED);

        assertThat(rpc.authorizations()).containsOnly(basic("user:s3cret"));
        assertThat(backup.authorizations()).isNotEmpty().containsOnly("none");
        assertThat(third.authorizations()).isNotEmpty().containsOnly(basic("a:b"));
    }

    @Test
    void aRedirectIsNotFollowedWithThem() throws Exception {
        RpcProxy elsewhere = proxyTo(devnet.rpcUrl());
        rpc.fail(307, Map.of("Location", elsewhere.url()), "");

        assertThat(failure(
                        open(builder().rpcUrl(with("user:s3cret", rpc.url()))).connectChain()))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("HTTP 307")
                .hasMessageNotContaining("s3cret");
        assertThat(elsewhere.callCount()).isZero();
    }

    /** A server that notes the header and answers as a Relay that is asked for the time. */
    private String noting(List<String> authorizations) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] now = ("{\"message\":\"success\",\"data\":{\"now\":" + System.currentTimeMillis() / 1000 + "}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, now.length);
            exchange.getResponseBody().write(now);
            exchange.close();
        });
        server.start();
        closedLater(() -> server.stop(0));
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void thoseOfTheRelayUrlAndOfAWebSocketAreSentToo() throws Exception {
        List<String> relay = new CopyOnWriteArrayList<>();
        List<String> webSocket = new CopyOnWriteArrayList<>();
        CrynuxClient client = open(builder()
                .relayUrl("http://relay:s3cret@" + noting(relay) + "/base/")
                .rpcUrl(rpc.url() + ",ws://heads:s3cret@" + noting(webSocket) + "/"));

        get(client.connect());

        org.awaitility.Awaitility.await().atMost(SOON).until(() -> !webSocket.isEmpty());
        assertThat(relay).isNotEmpty().containsOnly(basic("relay:s3cret"));
        assertThat(webSocket).contains(basic("heads:s3cret"));
        assertThat(rpc.authorizations()).containsOnly("none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"us%3Aer:s3cret", "user:s3cr/et", "user:s3cr@et", "user:s3cr#et", "user:s3cr%et", "user:s3cr et"
            })
    void whatCannotBeSentIsRefusedAndNotRepeated(String credentials) {
        assertThatThrownBy(() -> builder().rpcUrl("http://" + credentials + "@127.0.0.1:8545"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rpcUrl ")
                .hasMessageNotContaining("s3cr");
    }

    @Test
    void aServerThatAsksForThemIsReportedAsThat() throws Exception {
        rpc.fail(401, Map.of("WWW-Authenticate", "Basic"), "");

        assertThat(failure(open(builder()).connectChain()))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("HTTP 401: the server requires user and password");
    }

    private ChainClientBuilder through(int port, BasicCredentials credentials) {
        InetSocketAddress proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Duration soon = Duration.ofSeconds(5);
        return builder().http(new HttpSettings(soon, soon, null, ProxySelector.of(proxy), credentials));
    }

    @Test
    void theProxyGetsItsOwn() throws Exception {
        CrynuxClient client = open(through(URI.create(rpc.url()).getPort(), new BasicCredentials("me", "s3cret"))
                .rpcUrl("http://user:other@node.invalid/rpc"));

        get(client.connectChain());

        assertThat(rpc.proxyAuthorizations()).isNotEmpty().containsOnly(basic("me:s3cret"));
        assertThat(rpc.authorizations()).containsOnly(basic("user:other"));
    }

    @Test
    void aServerThatIsReachedWithoutTheProxyDoesNotGetThem() throws Exception {
        Duration soon = Duration.ofSeconds(5);
        CrynuxClient client =
                open(builder().http(new HttpSettings(soon, soon, null, null, new BasicCredentials("me", "s3cret"))));

        get(client.connectChain());

        assertThat(rpc.proxyAuthorizations()).isNotEmpty().containsOnly("none");
    }

    @Test
    void aProxyThatAsksForThemIsReportedAsThat() throws Exception {
        rpc.gate(request -> new Fault(407, Map.of("Proxy-Authenticate", "Basic realm=\"proxy\""), "<html>407</html>"));

        assertThat(failure(open(through(URI.create(rpc.url()).getPort(), null).rpcUrl("http://node.invalid/"))
                        .connectChain()))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("HTTP 407: the proxy requires user and password; set proxyAuthUsername");
    }

    @Test
    void aTunnelThatIsRefusedIsReportedAsThat() throws Exception {
        int port = refusingTunnels();

        assertThat(failure(
                        open(through(port, new BasicCredentials("me", "s3cret")).rpcUrl("https://node.invalid/"))
                                .connectChain()))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("HTTP 407")
                .hasMessageContaining("-Djdk.http.auth.tunneling.disabledSchemes=");
    }

    /** A proxy that answers CONNECT with 407, whatever it is shown. */
    private int refusingTunnels() throws IOException {
        ServerSocket proxy = closedLater(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread thread = new Thread(() -> {
            while (!proxy.isClosed()) {
                try (Socket socket = proxy.accept()) {
                    InputStream in = socket.getInputStream();
                    int end = 0;
                    for (int next = in.read(); next >= 0 && end < 4; next = in.read()) {
                        end = next == "\r\n\r\n".charAt(end) ? end + 1 : 0;
                        if (end == 4) {
                            break;
                        }
                    }
                    socket.getOutputStream()
                            .write(String.join(
                                            "\r\n",
                                            "HTTP/1.1 407 Proxy Authentication Required",
                                            "Proxy-Authenticate: Basic realm=\"p\"",
                                            "Content-Length: 0",
                                            "Connection: close",
                                            "",
                                            "")
                                    .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The test is over.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return proxy.getLocalPort();
    }
}
