// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A mistake in our reading of the protocol must not agree with itself: the devnet knows nothing of client and component. */
@AnalyzeClasses(packages = "io.crynux.devnet", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule THE_DEVNET_KNOWS_NEITHER_CLIENT_NOR_COMPONENT = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.crynux.client..", "io.crynux.camel..", "org.apache.camel..");

    @ArchTest
    static final ArchRule THE_RELAY_KNOWS_NO_NODES = noClasses()
            .that()
            .resideInAPackage("..devnet.relay..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..devnet.node..");

    @ArchTest
    static final ArchRule NODES_KNOW_THE_RELAY_BY_THEIR_OWN_INTERFACE = noClasses()
            .that()
            .resideInAPackage("..devnet.node..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..devnet.relay..");

    @ArchTest
    static final ArchRule RELAY_AND_NODES_KNOW_THE_CHAIN_BY_ITS_INTERFACE = noClasses()
            .that()
            .resideInAnyPackage(
                    "..devnet.relay..",
                    "..devnet.node..",
                    "..devnet.watch..",
                    "..devnet.result..",
                    "..devnet.picture..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..devnet.ledger..", "..devnet.contract..", "..devnet.rpc..");

    @ArchTest
    static final ArchRule THE_PAGE_LOOKS_FROM_OUTSIDE = noClasses()
            .that()
            .resideInAPackage("..devnet.page..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..devnet.ledger..", "..devnet.rpc..", "..devnet.node..", "..devnet.picture..");

    @ArchTest
    static final ArchRule PACKAGES_OF_THE_RELAY_OF_TODAY_DEPEND_ONE_WAY =
            slices().matching("io.crynux.devnet.relaynet.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_ENGINE_OF_THE_RELAY_OF_TODAY_KNOWS_NO_HTTP = noClasses()
            .that()
            .resideInAnyPackage(
                    "..relaynet.engine..",
                    "..relaynet.task..",
                    "..relaynet.ledger..",
                    "..relaynet.event..",
                    "..relaynet.time..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..relaynet.http..", "..relaynet.fault..", "io.undertow..");

    @ArchTest
    static final ArchRule THE_NETWORK_OF_TODAY_KNOWS_NOTHING_OF_THE_CLASSIC_ONE = noClasses()
            .that()
            .resideInAPackage("..relaynet..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..devnet.relay..",
                    "..devnet.node..",
                    "..devnet.chain..",
                    "..devnet.contract..",
                    "..devnet.ledger..");

    @ArchTest
    static final ArchRule PACKAGES_DEPEND_ONE_WAY =
            slices().matching("io.crynux.devnet.(*)..").should().beFreeOfCycles();
}
