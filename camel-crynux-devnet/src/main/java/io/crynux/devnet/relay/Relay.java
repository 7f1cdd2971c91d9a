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
     * @param lag how far behind the chain the Relay is
     * @param maxResultBytes how much memory result files may take; beyond it the oldest are lost
     * @param clock the Relay's idea of the time
     * @param schemas what it checks parameters by
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
     * @param nodes the nodes that its statistics tell of
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
     * Serves something else on the same port, spared by the Relay's faults.
     *
     * @param prefix what its paths begin with; the handler sees the rest
     */
    public void serve(String prefix, HttpHandler handler) {
        paths.addPrefixPath(prefix, handler);
    }

    /** Serves something else at one path on the same port, as {@link #serve} does; for {@code /}, where the Relay has nothing. */
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

    /** Where the Relay listens, {@code http://host:port}, without a slash at the end; known once it is started. */
    public String url() {
        if (url == null) {
            throw new IllegalStateException("The Relay is not started");
        }
        return url;
    }

    /** What goes wrong with it, on demand. */
    public RelayFaults faults() {
        return faults;
    }

    /** How many requests each endpoint ("GET /v1/now") has answered, by HTTP status; a snapshot. */
    public SortedMap<String, SortedMap<Integer, Long>> requestCounts() {
        return counts.snapshot();
    }

    /** The parameters of a task; empty until its creator has uploaded them. For nodes in this JVM. */
    public Optional<String> parameters(BigInteger taskId) {
        return desk.parameters(taskId);
    }

    /**
     * The result files of a task, in order, whatever faults say; empty before their upload, and once they had to make room.
     * For those in this JVM who only look; the arrays must not be changed.
     */
    public List<byte[]> results(BigInteger taskId) {
        return desk.results(taskId);
    }

    /** Has the listener told the id of each task whose parameters come in from now on. For nodes in this JVM. */
    public void onParameters(Consumer<BigInteger> listener) {
        desk.onParameters(listener);
    }

    /**
     * Takes the result files of a task, with the same checks as over HTTP. For nodes in this JVM.
     *
     * @throws RelayRefusal when the Relay does not know of the result yet, or refuses the node or the files
     */
    public void uploadResults(BigInteger taskId, List<byte[]> files, Credentials node) throws RelayRefusal {
        long now = clock.instant().getEpochSecond();
        byte[] digest = SignatureCheck.digest(new TreeMap<>(Map.of("task_id", taskId)), now);
        desk.uploadResults(taskId, files, new RelayDesk.Seal(now, SignatureCheck.sign(digest, node.getEcKeyPair())));
    }

    /**
     * Takes the result files of a task without a look at signature and hash. For nodes in this JVM that must cost little.
     *
     * @throws RelayRefusal when the Relay does not know of the result yet, or has the files
     */
    public void takeResults(BigInteger taskId, List<byte[]> files) throws RelayRefusal {
        desk.takeResults(taskId, files);
    }
}
