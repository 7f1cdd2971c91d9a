// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.picture;

import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Letters that the built-in font lacks: from the machine's fonts where it has any with that letter, else a box with the
 * letter's hexadecimal number in it.
 */
final class ForeignGlyphs {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignGlyphs.class);

    /** Makes capitals of usual fonts about as tall as those of the built-in one. */
    private static final int FONT_SIZE = 11;

    private static final double BOX_WIDTH = 8;

    private Optional<Font> system;

    synchronized Glyph glyph(int point, Map<Integer, Glyph> builtIn) {
        if (system == null) {
            system = systemFont();
        }
        return system.flatMap(font -> ofFont(font, point)).orElseGet(() -> box(point, builtIn));
    }

    private static Optional<Font> systemFont() {
        try {
            var font = new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE);
            font.canDisplay('A');
            return Optional.of(font);
        } catch (RuntimeException | LinkageError | InternalError e) {
            // What a Java without fonts or without their native library throws here differs by version and vendor.
            LOG.debug("No system fonts", e);
            return Optional.empty();
        }
    }

    private static Optional<Glyph> ofFont(Font font, int point) {
        if (!font.canDisplay(point)) {
            return Optional.empty();
        }
        var context = new FontRenderContext(null, true, true);
        var vector = font.createGlyphVector(context, Character.toString(point));
        Shape outline = AffineTransform.getTranslateInstance(0, StrokeFont.BASELINE)
                .createTransformedShape(vector.getOutline());
        return Optional.of(new Glyph(outline, vector.getGlyphMetrics(0).getAdvanceX(), true));
    }

    /** The hexadecimal digits in two rows. */
    private static Glyph box(int point, Map<Integer, Glyph> builtIn) {
        var path = new Path2D.Double(new Rectangle2D.Double(0.4, -0.8, BOX_WIDTH, 9.6));
        String digits = String.format("%04X", point);
        int half = (digits.length() + 1) / 2;
        row(path, digits.substring(0, half), 0.4, builtIn);
        row(path, digits.substring(half), 4.6, builtIn);
        return new Glyph(path, BOX_WIDTH + 0.8, false);
    }

    private static void row(Path2D path, String digits, double y, Map<Integer, Glyph> builtIn) {
        double step = (BOX_WIDTH - 1) / digits.length();
        for (int i = 0; i < digits.length(); i++) {
            Glyph digit = builtIn.get((int) digits.charAt(i));
            var place = AffineTransform.getTranslateInstance(1.2 + i * step, y);
            place.scale(0.36, 0.36);
            path.append(digit.strokes().getPathIterator(place), false);
        }
    }
}
