// SPDX-License-Identifier: Apache-2.0
package io.crynux.walls;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The component is a skin over the client; see docs/design-notes.md. */
@AnalyzeClasses(packages = "io.crynux.camel", importOptions = ImportOption.DoNotIncludeTests.class)
class ComponentWallsTest {

    @ArchTest
    static final ArchRule componentKnowsNoDevnet =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.crynux.devnet..");

    @ArchTest
    static final ArchRule componentKnowsNothingOfEngineChainAndRelay = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.crynux.client.internal.contract..",
                    "io.crynux.client.internal.engine..",
                    "io.crynux.client.internal.evm..",
                    "io.crynux.client.internal.event..",
                    "io.crynux.client.internal.operation..",
                    "io.crynux.client.internal.protocol..",
                    "io.crynux.client.internal.relayhttp..");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
