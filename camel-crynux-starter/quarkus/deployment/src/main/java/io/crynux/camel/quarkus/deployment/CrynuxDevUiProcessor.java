// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus.deployment;

import io.crynux.camel.quarkus.CrynuxDevUi;
import io.quarkus.deployment.IsLocalDevelopment;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.devui.spi.JsonRPCProvidersBuildItem;
import io.quarkus.devui.spi.page.CardPageBuildItem;
import io.quarkus.devui.spi.page.Page;
import java.util.Optional;

/** The extension's card in the Dev UI, with a link to the page of the devnet if one runs. */
class CrynuxDevUiProcessor {

    @BuildStep(onlyIf = IsLocalDevelopment.class)
    void card(
            Optional<DevnetBuildItem> devnet,
            BuildProducer<CardPageBuildItem> cards,
            BuildProducer<JsonRPCProvidersBuildItem> providers) {
        if (devnet.isEmpty()) {
            return;
        }
        CardPageBuildItem card = new CardPageBuildItem();
        card.addPage(Page.externalPageBuilder("Devnet")
                .dynamicUrlJsonRPCMethodName("devnetPage")
                .isHtmlContent()
                .icon("font-awesome-solid:cubes"));
        cards.produce(card);
        providers.produce(new JsonRPCProvidersBuildItem(CrynuxDevUi.class));
    }
}
