// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.picture;

import java.awt.Shape;

/**
 * The form of one letter, in font units: x grows to the right, y downwards, the baseline is at 8.
 *
 * @param strokes the lines of the letter, or the outline of its body when {@code filled}
 * @param advance how far the next letter is, without the space between letters
 * @param tall whether accents have to stand higher than on a small letter without ascender
 */
record Glyph(Shape strokes, double advance, boolean filled, boolean tall) {
    /** Between the x-height and the tops of capitals, in font units. */
    private static final double TALL = 1.5;

    Glyph(Shape strokes, double advance, boolean filled) {
        this(strokes, advance, filled, strokes.getBounds2D().getMinY() < TALL);
    }
}
