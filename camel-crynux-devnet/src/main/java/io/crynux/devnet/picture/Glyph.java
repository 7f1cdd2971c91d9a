// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.picture;

import java.awt.Shape;

/**
 * The form of one letter, in font units: x grows to the right, y downwards, the baseline is at 8.
 *
 * @param strokes the lines of the letter, or the outline of its body when {@code filled}
 * @param advance how far the next letter is, without the space between letters
 */
record Glyph(Shape strokes, double advance, boolean filled) {}
