// SPDX-License-Identifier: Apache-2.0
package io.crynux.walls;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The client's dependencies point one way; see docs/design-notes.md. */
@AnalyzeClasses(packages = "io.crynux.client", importOptions = ImportOption.DoNotIncludeTests.class)
class ClientWallsTest {
    private static final String INTERNAL = "io.crynux.client.internal.";

    @ArchTest
    static final ArchRule clientKnowsNeitherCamelNorDevnet = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..", "io.crynux.camel..", "io.crynux.devnet..");

    @ArchTest
    static final ArchRule engineKnowsStepsNotNetworks = noClasses()
            .that()
            .resideInAnyPackage(INTERNAL + "engine..", "io.crynux.client.journal..", "io.crynux.client.task..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    INTERNAL + "evm..",
                    INTERNAL + "contract..",
                    INTERNAL + "finality..",
                    INTERNAL + "relayhttp..",
                    INTERNAL + "protocol.(*)..",
                    "org.web3j.protocol..");

    /** The seam itself belongs to the engine alone: orders and journals know neither side. */
    @ArchTest
    static final ArchRule journalAndTasksKnowNoProtocol = noClasses()
            .that()
            .resideInAnyPackage("io.crynux.client.journal..", "io.crynux.client.task..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INTERNAL + "protocol..", INTERNAL + "engine..");

    @ArchTest
    static final ArchRule protocolsKnowNoEngine = noClasses()
            .that()
            .resideInAPackage(INTERNAL + "protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(INTERNAL + "engine..");

    /** What both sides of the seam share, and nothing of either. */
    @ArchTest
    static final ArchRule seamKnowsWordsOnly = classes()
            .that()
            .resideInAPackage("io.crynux.client.internal.protocol")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "io.crynux.client.internal.protocol",
                    INTERNAL + "async..",
                    "io.crynux.client.journal..",
                    "io.crynux.client.task..",
                    "io.crynux.client.error..");

    @ArchTest
    static final ArchRule relayKnowsNoChain = noClasses()
            .that()
            .resideInAPackage(INTERNAL + "relayhttp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INTERNAL + "evm..", INTERNAL + "contract..", "org.web3j.protocol..");

    /** Words that all share; what works with them lies below internal. */
    @ArchTest
    static final ArchRule wordsKnowNoWorkers = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.crynux.client.error..",
                    "io.crynux.client.event..",
                    "io.crynux.client.observe..",
                    "io.crynux.client.operation..",
                    "io.crynux.client.settings..",
                    "io.crynux.client.task..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    INTERNAL + "engine..", INTERNAL + "evm..", INTERNAL + "protocol..", INTERNAL + "http..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.crynux.client.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodySleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
