// SPDX-License-Identifier: Apache-2.0
package io.crynux.walls;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What programs may compile against, word for word: public types outside {@code internal} with their public and protected
 * members. The list is in git, so that a change shows in the diff; {@code -Dcrynux.docs.update=true} writes it.
 */
class PublicApiTest {
    private static final Path LIST = Path.of("src", "test", "resources", "public-api.txt");
    private static final List<String> SIGNATURES =
            publicTypes().flatMap(PublicApiTest::signatures).toList();

    @Test
    void publicSignaturesAreThoseOfTheList() throws IOException {
        String signatures = String.join("\n", SIGNATURES) + "\n";
        if (Boolean.getBoolean("crynux.docs.update")) {
            Files.writeString(LIST, signatures);
        }
        assertThat(signatures)
                .as(
                        "the public signatures of the client; run this test with -Dcrynux.docs.update=true where the change is meant")
                .isEqualTo(Files.readString(LIST));
    }

    @Test
    void publicSignaturesNameNoTypeOfWeb3j() {
        assertThat(SIGNATURES).noneMatch(signature -> signature.contains("org.web3j"));
    }

    @Test
    void publicSignaturesNameNoInternalType() {
        assertThat(SIGNATURES).noneMatch(signature -> signature.contains(".internal."));
    }

    private static Stream<Class<?>> publicTypes() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.crynux.client").stream()
                        .filter(type -> !type.getPackageName().contains(".internal"))
                        .map(JavaClass::reflect)
                        .filter(PublicApiTest::isReachable)
                        .sorted((a, b) -> a.getName().compareTo(b.getName()));
    }

    private static boolean isReachable(Class<?> type) {
        return isVisible(type.getModifiers())
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && (type.getEnclosingClass() == null || isReachable(type.getEnclosingClass()));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static Stream<String> signatures(Class<?> type) {
        List<String> members = new ArrayList<>();
        visible(type.getDeclaredFields()).map(Field::toGenericString).forEach(members::add);
        visible(type.getDeclaredConstructors())
                .map(Constructor::toGenericString)
                .forEach(members::add);
        visible(type.getDeclaredMethods())
                .filter(method -> !method.isBridge())
                .map(Method::toGenericString)
                .forEach(members::add);
        return Stream.concat(
                Stream.of(declaration(type)), members.stream().sorted().map(member -> "    " + member));
    }

    private static <T extends Member> Stream<T> visible(T[] members) {
        return Arrays.stream(members).filter(member -> isVisible(member.getModifiers()) && !member.isSynthetic());
    }

    private static String declaration(Class<?> type) {
        String extended = type.getGenericSuperclass() == null || type.isRecord() || type.isEnum()
                ? ""
                : " extends " + type.getGenericSuperclass().getTypeName();
        String implemented = Arrays.stream(type.getGenericInterfaces())
                .map(java.lang.reflect.Type::getTypeName)
                .collect(Collectors.joining(", "));
        return type.toGenericString() + extended + (implemented.isEmpty() ? "" : " : " + implemented);
    }
}
