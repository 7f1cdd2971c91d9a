// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus;

import org.eclipse.microprofile.config.ConfigProvider;

/** What the card in the Dev UI asks for. */
public class CrynuxDevUi {
    /** The property that has the address of the devnet's page; Dev Services sets it. */
    public static final String PAGE = "crynux.devnet.page-url";

    /** The devnet's page, which is known only when it runs. */
    public String devnetPage() {
        return ConfigProvider.getConfig().getValue(PAGE, String.class);
    }
}
