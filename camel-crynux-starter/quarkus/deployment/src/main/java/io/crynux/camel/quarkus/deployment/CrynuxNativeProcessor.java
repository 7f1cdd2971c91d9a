// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus.deployment;

import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.IndexDependencyBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourcePatternsBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageSecurityProviderBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedClassBuildItem;
import io.quarkus.deployment.pkg.NativeConfig;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jboss.jandex.DotName;

/**
 * What a native executable needs to be told, as far as it shows in the code: no native build has been run. Camel's services,
 * the configurers and the converters come from the index by Camel Quarkus itself.
 */
@BuildSteps(onlyIf = CrynuxNativeProcessor.ForNative.class)
class CrynuxNativeProcessor {
    /** web3j makes ABI types by their constructors, and reads answers of nodes with Jackson. */
    private static final List<String> WEB3J = List.of(
            "org.web3j.abi.datatypes.",
            "org.web3j.protocol.core.Response",
            "org.web3j.protocol.core.Request",
            "org.web3j.protocol.core.methods.",
            "org.web3j.protocol.deserializer.",
            "org.web3j.crypto.WalletFile");

    /** The journal's records, events and the results of operations are written and read with Jackson. */
    private static final List<String> OURS = List.of(
            "io.crynux.client.journal.",
            "io.crynux.client.task.",
            "io.crynux.client.event.",
            "io.crynux.client.operation.");

    @BuildStep
    List<IndexDependencyBuildItem> web3j() {
        return Stream.of("abi", "core", "crypto")
                .map(artifact -> new IndexDependencyBuildItem("org.web3j", artifact))
                .toList();
    }

    @BuildStep
    ReflectiveClassBuildItem reflection(CombinedIndexBuildItem index) {
        String[] classes = index.getIndex().getKnownClasses().stream()
                .map(known -> known.name())
                .map(DotName::toString)
                .filter(name -> Stream.concat(WEB3J.stream(), OURS.stream()).anyMatch(name::startsWith))
                .sorted()
                .toArray(String[]::new);
        return ReflectiveClassBuildItem.builder(classes)
                .reason("web3j's ABI types and answers, the journal's records")
                .constructors()
                .methods()
                .fields()
                .build();
    }

    /** The schemas of the parameters, the component's description, and what the schema validator reads beside its own list. */
    @BuildStep
    NativeImageResourcePatternsBuildItem resources() {
        return NativeImageResourcePatternsBuildItem.builder()
                .includeGlobs(
                        "io/crynux/client/schema/*.json",
                        "META-INF/io/crynux/camel/*.json",
                        "draft/**",
                        "draft-0*/**",
                        "jsv-messages*.properties",
                        "ucd/**")
                .build();
    }

    /** Keystores and recovered signatures use Bouncy Castle. */
    @BuildStep
    NativeImageSecurityProviderBuildItem bouncyCastle() {
        return new NativeImageSecurityProviderBuildItem("org.bouncycastle.jce.provider.BouncyCastleProvider");
    }

    /** They hold random numbers or register a provider when they are initialised, which must not be done by the build. */
    @BuildStep
    void initialisedWhenItRuns(BuildProducer<RuntimeInitializedClassBuildItem> classes) {
        Stream.of(
                        "org.web3j.crypto.SecureRandomUtils",
                        "org.web3j.crypto.Keys",
                        "org.web3j.crypto.Wallet",
                        "org.bouncycastle.jcajce.provider.drbg.DRBG$Default",
                        "org.bouncycastle.jcajce.provider.drbg.DRBG$NonceAndIV",
                        "org.bouncycastle.crypto.CryptoServicesRegistrar")
                .map(RuntimeInitializedClassBuildItem::new)
                .forEach(classes::produce);
    }

    /** Nodes and the Relay are reached over HTTPS. */
    @BuildStep
    void https(BuildProducer<ExtensionSslNativeSupportBuildItem> ssl) {
        ssl.produce(new ExtensionSslNativeSupportBuildItem(CrynuxProcessor.FEATURE));
    }

    /** Whether an executable, or what one is made of, is built. */
    static final class ForNative implements BooleanSupplier {
        private final NativeConfig config;

        ForNative(NativeConfig config) {
            this.config = config;
        }

        @Override
        public boolean getAsBoolean() {
            return config.enabled();
        }
    }
}
