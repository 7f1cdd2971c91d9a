// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.testing.RelayFault;
import io.crynux.testing.RelayProxy;
import io.crynux.testing.RelayProxy.Call;
import io.crynux.testing.TemporaryResults;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;

/** Images of a megabyte, which are beyond the spool threshold and so in temporary files. */
abstract class LargeResultTestSupport extends CrynuxTestSupport {
    static final int SIZE = 1_000_000;

    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    final TemporaryResults files = TemporaryResults.now();
    RelayProxy proxy;

    @Override
    void script(ScriptedTestNetwork network) {
        byte[] png = Arrays.copyOf(PNG_SIGNATURE, SIZE);
        network.script().results((order, number) -> png);
    }

    @Override
    void configure(CrynuxComponent crynux) {
        if (devnet == null) {
            return;
        }
        proxy = new RelayProxy(devnet.relayUrl()).always(Call.RESULT, RelayFault.png(SIZE));
        crynux.setRelayUrl(proxy.url());
    }

    @AfterEach
    void stopProxy() {
        if (proxy != null) {
            proxy.close();
        }
    }
}
