// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.testing.RelayFault;
import io.crynux.testing.RelayProxy;
import io.crynux.testing.RelayProxy.Call;
import io.crynux.testing.TemporaryResults;
import org.junit.jupiter.api.AfterEach;

/** Images of a megabyte, which are beyond the spool threshold and so in temporary files. */
abstract class LargeResultTestSupport extends CrynuxTestSupport {
    static final int SIZE = 1_000_000;

    final TemporaryResults files = TemporaryResults.now();
    RelayProxy proxy;

    @Override
    void configure(CrynuxComponent crynux) {
        proxy = new RelayProxy(devnet.relayUrl()).always(Call.RESULT, RelayFault.png(SIZE));
        crynux.setRelayUrl(proxy.url());
    }

    @AfterEach
    void stopProxy() {
        proxy.close();
    }
}
