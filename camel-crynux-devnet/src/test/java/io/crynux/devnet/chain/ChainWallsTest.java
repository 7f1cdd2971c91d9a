// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The ledger knows no contract and no RPC, these know not each other, and none knows what is put together from them. */
class ChainWallsTest {
    private static final String LEDGER = "io.crynux.devnet.ledger..";
    private static final String CONTRACT = "io.crynux.devnet.contract..";
    private static final String RPC = "io.crynux.devnet.rpc..";
    private static final String CHAIN = "io.crynux.devnet.chain..";

    private final JavaClasses main = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.crynux.devnet");

    @Test
    void dependenciesPointOneWay() {
        noClasses()
                .that()
                .resideInAPackage(LEDGER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CONTRACT, RPC, CHAIN)
                .check(main);
        noClasses()
                .that()
                .resideInAPackage(CONTRACT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(RPC, CHAIN)
                .check(main);
        noClasses()
                .that()
                .resideInAPackage(RPC)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CONTRACT, CHAIN)
                .check(main);
    }
}
