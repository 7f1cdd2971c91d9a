// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus;

import org.eclipse.microprofile.config.ConfigProvider;

/** The data of the card in the Dev UI. */
public class CrynuxDevUi {
    /** Property with the URL of the devnet's page, which Dev Services sets. */
    public static final String PAGE = "crynux.devnet.page-url";

    /** The URL of the devnet's page, known once the devnet runs. */
    public String devnetPage() {
        return ConfigProvider.getConfig().getValue(PAGE, String.class);
    }
}
