// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.web3j.crypto.Credentials;

/** A Relay whose answers a test decides. */
final class FakeRelay implements NodeRelay {
    private final Map<BigInteger, String> args = new ConcurrentHashMap<>();
    private final List<Consumer<BigInteger>> listeners = new CopyOnWriteArrayList<>();
    private final List<String> uploads = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();

    void upload(long id, String uploaded) {
        args.put(BigInteger.valueOf(id), uploaded);
        listeners.forEach(listener -> listener.accept(BigInteger.valueOf(id)));
    }

    /** Refuses the next uploads. */
    void refuse(int count) {
        refusals.set(count);
    }

    /** The uploads that were accepted. */
    List<String> uploads() {
        return List.copyOf(uploads);
    }

    @Override
    public Optional<String> parameters(BigInteger taskId) {
        return Optional.ofNullable(args.get(taskId));
    }

    @Override
    public void onParameters(Consumer<BigInteger> listener) {
        listeners.add(listener);
    }

    @Override
    public void uploadResults(BigInteger taskId, List<byte[]> files, Credentials node) throws NotAcceptedException {
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new NotAcceptedException("not yet", null);
        }
        uploads.add(taskId + " by " + node.getAddress() + ": " + files.size());
    }
}
