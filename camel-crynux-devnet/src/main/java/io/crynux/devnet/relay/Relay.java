// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import io.crynux.devnet.chain.ChainAccess;
import io.crynux.devnet.http.ListenAddress;
import io.crynux.devnet.watch.LaggingListener;
import io.crynux.devnet.watch.TaskEventFeed;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.PathHandler;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.web3j.crypto.Credentials;

/**
 * A Relay of the classic protocol: takes the parameters of tasks that are on the chain, gives them to nodes, takes the
 * nodes' result files and gives them to the creators. Speaks HTTP on one port; everything it keeps is in memory.
 */
public final class Relay implements AutoCloseable {
    /** The largest body of a request, in bytes. */
    public static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

    private static final int IO_THREADS = 2;
    private static final int WORKER_THREADS = 8;

    private final RelayFaults faults = new RelayFaults();
    private final Clock clock;
    private final ListenAddress address;
    private final RequestCounts counts = new RequestCounts();
    private final RelayDesk desk;
    private final PathHandler paths;
    private final Undertow server;
    private String url;

    /**
     * How a Relay is set up.
     *
     * @param address where to listen
     * @param lag time by which the Relay lags behind the chain
     * @param maxResultBytes maximum memory for result files, in bytes; beyond it the oldest are deleted
     * @param clock of the Relay
     * @param schemas that parameters are validated with
     */
    public record Settings(
            ListenAddress address, Duration lag, long maxResultBytes, Clock clock, RelaySchemas schemas) {}

    /**
     * Sets a Relay up; it hears of the chain from now on, and of requests once it is started.
     *
     * @param chain the chain that its tasks are on
     * @param contract the address of the Task contract
     * @param feed the events of that contract
     * @param scheduler runs the steps that wait for the lag; not closed by the Relay
     * @param nodes the nodes in its statistics
     */
    public Relay(
            Settings settings,
            ChainAccess chain,
            String contract,
            TaskEventFeed feed,
            ScheduledExecutorService scheduler,
            List<NetworkNode> nodes) {
        this.clock = faults.skewed(settings.clock());
        this.address = settings.address();
        var vramLimits = new VramLimits(chain, contract);
        var tasks = new TaskBook(vramLimits::take);
        var network = new NetworkBook(nodes);
        Supplier<Duration> lag = () -> faults.lag(settings.lag());
        var starts = new MissedStarts(faults, new LaggingListener(tasks, scheduler, lag));
        this.desk = new RelayDesk(
                tasks,
                starts,
                new ResultShelf(settings.maxResultBytes()),
                new SignatureCheck(clock),
                new ParameterCheck(settings.schemas()),
                faults);
        feed.subscribe(vramLimits);
        feed.subscribe(new LaggingListener(network, scheduler, lag));
        feed.subscribe(starts);
        this.paths = new PathHandler(faults.before(new RelayHttp(desk, network, counts, clock).handler()));
        this.server = Undertow.builder()
                .addHttpListener(address.port(), address.host())
                .setIoThreads(IO_THREADS)
                .setWorkerThreads(WORKER_THREADS)
                .setHandler(paths)
                .build();
    }

    /**
     * Serves other paths on the same port, without the Relay's faults.
     *
     * @param prefix of the paths; the handler sees the rest
     */
    public void serve(String prefix, HttpHandler handler) {
        paths.addPrefixPath(prefix, handler);
    }

    /** Serves one other path on the same port, as {@link #serve} does; used for {@code /}. */
    public void serveExactly(String path, HttpHandler handler) {
        paths.addExactPath(path, handler);
    }

    /**
     * Opens the port.
     *
     * @throws RuntimeException when it cannot be opened; the cause is a {@link java.net.BindException}
     */
    public void start() {
        server.start();
        var bound = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        url = "http://" + address.authority(bound.getPort());
    }

    @Override
    public void close() {
        server.stop();
    }

    /** URL of the Relay, {@code http://host:port}, without a trailing slash; known once it is started. */
    public String url() {
        if (url == null) {
            throw new IllegalStateException("The Relay is not started");
        }
        return url;
    }

    /** The faults of the Relay. */
    public RelayFaults faults() {
        return faults;
    }

    /** Number of requests answered, by endpoint ("GET /v1/now") and HTTP status; a snapshot. */
    public SortedMap<String, SortedMap<Integer, Long>> requestCounts() {
        return counts.snapshot();
    }

    /** The parameters of a task; empty until its creator has uploaded them. For nodes in this JVM. */
    public Optional<String> parameters(BigInteger taskId) {
        return desk.parameters(taskId);
    }

    /**
     * The result files of a task, in order and independently of faults; empty before their upload, and once they were deleted to
     * make room. For readers in this JVM, which must not change the arrays.
     */
    public List<byte[]> results(BigInteger taskId) {
        return desk.results(taskId);
    }

    /** Reports the id of each task whose parameters are uploaded from now on. For nodes in this JVM. */
    public void onParameters(Consumer<BigInteger> listener) {
        desk.onParameters(listener);
    }

    /**
     * Accepts the result files of a task, with the same checks as over HTTP. For nodes in this JVM.
     *
     * @throws RelayRefusal when the Relay does not know of the result yet, or refuses the node or the files
     */
    public void uploadResults(BigInteger taskId, List<byte[]> files, Credentials node) throws RelayRefusal {
        long now = clock.instant().getEpochSecond();
        byte[] digest = SignatureCheck.digest(new TreeMap<>(Map.of("task_id", taskId)), now);
        desk.uploadResults(taskId, files, new RelayDesk.Seal(now, SignatureCheck.sign(digest, node.getEcKeyPair())));
    }

    /**
     * Accepts the result files of a task without checking signature and hash. For nodes in this JVM under load tests.
     *
     * @throws RelayRefusal when the Relay does not know of the result yet, or has the files
     */
    public void takeResults(BigInteger taskId, List<byte[]> files) throws RelayRefusal {
        desk.takeResults(taskId, files);
    }
}
