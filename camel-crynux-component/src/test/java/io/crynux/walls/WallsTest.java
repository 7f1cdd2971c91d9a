// SPDX-License-Identifier: Apache-2.0
package io.crynux.walls;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way; see docs/design-notes.md. */
@AnalyzeClasses(
        packages = {"io.crynux.client", "io.crynux.camel"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {

    @ArchTest
    static final ArchRule clientKnowsNoCamel = noClasses()
            .that()
            .resideInAPackage("io.crynux.client..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..", "io.crynux.camel..");

    @ArchTest
    static final ArchRule nobodyKnowsTheDevnet =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.crynux.devnet..");

    @ArchTest
    static final ArchRule engineKnowsStepsNotNetworks = noClasses()
            .that()
            .resideInAnyPackage("io.crynux.client.engine..", "io.crynux.client.journal..", "io.crynux.client.task..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.crynux.client.chain..",
                    "io.crynux.client.relay..",
                    "io.crynux.client.protocol..",
                    "org.web3j.protocol..");

    @ArchTest
    static final ArchRule chainAndRelayDoNotKnowEachOther = noClasses()
            .that()
            .resideInAPackage("io.crynux.client.relay..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.crynux.client.chain..", "org.web3j.protocol..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.crynux.client.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodySleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
