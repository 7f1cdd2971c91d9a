// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.node.NodeRelay;
import io.crynux.devnet.relay.Relay;
import io.crynux.devnet.relay.RelayRefusal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.web3j.crypto.Credentials;

/** Lets nodes reach the Relay of the same JVM without HTTP. */
final class InProcessRelay implements NodeRelay {
    private final Relay relay;
    private final boolean checked;

    /** @param checked whether uploads are signed and looked at, as those that come by HTTP are */
    InProcessRelay(Relay relay, boolean checked) {
        this.relay = relay;
        this.checked = checked;
    }

    @Override
    public Optional<String> parameters(BigInteger taskId) {
        return relay.parameters(taskId);
    }

    @Override
    public void onParameters(Consumer<BigInteger> listener) {
        relay.onParameters(listener);
    }

    @Override
    public void uploadResults(BigInteger taskId, List<byte[]> files, Credentials node) throws NotAcceptedException {
        try {
            if (checked) {
                relay.uploadResults(taskId, files, node);
            } else {
                relay.takeResults(taskId, files);
            }
        } catch (RelayRefusal e) {
            // After a reorg a node uploads again what it has uploaded before.
            if (e.getMessage().equals(RelayRefusal.RESULTS_ALREADY_UPLOADED)) {
                return;
            }
            throw new NotAcceptedException(e.field() + ": " + e.getMessage(), e);
        }
    }
}
