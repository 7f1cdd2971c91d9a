// SPDX-License-Identifier: Apache-2.0
package io.crynux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code of the tutorial is code that runs. */
class TutorialPageTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void eachPieceOfCodeStandsInTheTest() throws Exception {
        String page = Files.readString(Path.of("../../docs/testing.md"));
        String tests = flat(Files.readString(Path.of("src/test/java/io/crynux/docs/LighthouseRouteTest.java")))
                + flat(Files.readString(Path.of("src/test/java/io/crynux/docs/MockedRouteTest.java")));
        List<String> pieces =
                JAVA.matcher(page).results().map(found -> flat(found.group(1))).toList();

        assertThat(pieces).hasSizeGreaterThan(4).allSatisfy(piece -> assertThat(tests)
                .contains(piece));
    }

    /** Indentation is the page's own. */
    private static String flat(String code) {
        return code.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce("", (all, line) -> all + line + "\n");
    }
}
