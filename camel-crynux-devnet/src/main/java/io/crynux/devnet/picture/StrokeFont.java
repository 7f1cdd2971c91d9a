// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.picture;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringTokenizer;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The font of the devnet's pictures. It is its own, since a headless Java need not have any, and since letters then
 * look the same on every machine. It has Latin letters; what it lacks comes from {@link ForeignGlyphs}.
 */
final class StrokeFont {
    /** The distance of two baselines, in font units. */
    static final double LINE_HEIGHT = 14;

    /** The baseline, in font units from the top of a capital letter. */
    static final double BASELINE = 8;

    private static final double SPACING = 1.7;
    private static final double ACCENT_LIFT = -2.6;
    private static final int FIRST_MARK = 0x300;
    private static final int LAST_MARK = 0x36f;

    /** Marks from here on hang below a letter: they stay where they are, however tall the letter. */
    private static final int FIRST_LOW_MARK = 0x316;

    private final Map<Integer, Glyph> builtIn = read();
    private final Map<Integer, Glyph> foreign = new ConcurrentHashMap<>();
    private final Map<Integer, Double> advances = new ConcurrentHashMap<>();
    private final ForeignGlyphs foreignGlyphs = new ForeignGlyphs();

    /** The glyphs of a text with their places on one line, from x 0. */
    List<Placed> place(String text) {
        List<Placed> placed = new ArrayList<>();
        double x = 0;
        double lastMiddle = 0;
        boolean lastTall = false;
        for (int point :
                Normalizer.normalize(text, Normalizer.Form.NFD).codePoints().toArray()) {
            Glyph glyph = glyph(point);
            if (isMark(point)) {
                double lift = lastTall && point < FIRST_LOW_MARK ? ACCENT_LIFT : 0;
                placed.add(new Placed(glyph, lastMiddle, lift));
            } else {
                placed.add(new Placed(glyph, x, 0));
                lastMiddle = x + glyph.advance() / 2;
                lastTall = glyph.tall() && point != 'i' && point != 'j';
                x += glyph.advance() + SPACING;
            }
        }
        return placed;
    }

    /** A glyph at a place, in font units. */
    record Placed(Glyph glyph, double x, double y) {
        Shape shape() {
            return AffineTransform.getTranslateInstance(x, y).createTransformedShape(glyph.strokes());
        }
    }

    /** The width of a text on one line, in font units. */
    double width(String text) {
        return Math.max(0, text.codePoints().mapToDouble(this::advance).sum() - SPACING);
    }

    /** How much a character adds to the width of a line, the space to the next included. */
    double advance(int point) {
        return advances.computeIfAbsent(point, this::measure);
    }

    private double measure(int point) {
        return Normalizer.normalize(Character.toString(point), Normalizer.Form.NFD)
                .codePoints()
                .filter(part -> !isMark(part))
                .mapToDouble(part -> glyph(part).advance() + SPACING)
                .sum();
    }

    private static boolean isMark(int point) {
        return point >= FIRST_MARK && point <= LAST_MARK;
    }

    private Glyph glyph(int point) {
        Glyph glyph = builtIn.get(Character.isWhitespace(point) ? ' ' : point);
        return glyph != null ? glyph : foreign.computeIfAbsent(point, p -> foreignGlyphs.glyph(p, builtIn));
    }

    private static Map<Integer, Glyph> read() {
        InputStream file =
                Objects.requireNonNull(StrokeFont.class.getResourceAsStream("stroke-font.txt"), "stroke-font.txt");
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
            Map<Integer, Glyph> glyphs = new HashMap<>();
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                var tokens = new StringTokenizer(line);
                int point = Integer.parseInt(tokens.nextToken(), 16);
                double advance = Double.parseDouble(tokens.nextToken());
                glyphs.put(point, new Glyph(strokes(tokens), advance, false));
            });
            return Map.copyOf(glyphs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Shape strokes(StringTokenizer tokens) {
        var path = new Path2D.Double();
        while (tokens.hasMoreTokens()) {
            String command = tokens.nextToken();
            double x = Double.parseDouble(tokens.nextToken());
            double y = Double.parseDouble(tokens.nextToken());
            switch (command) {
                case "M" -> path.moveTo(x, y);
                case "L" -> path.lineTo(x, y);
                case "O" -> {
                    double rx = Double.parseDouble(tokens.nextToken());
                    double ry = Double.parseDouble(tokens.nextToken());
                    path.append(new Ellipse2D.Double(x - rx, y - ry, 2 * rx, 2 * ry), false);
                }
                case "C" ->
                    path.curveTo(
                            x,
                            y,
                            Double.parseDouble(tokens.nextToken()),
                            Double.parseDouble(tokens.nextToken()),
                            Double.parseDouble(tokens.nextToken()),
                            Double.parseDouble(tokens.nextToken()));
                default -> throw new IllegalStateException("stroke-font.txt: unknown command " + command);
            }
        }
        return path;
    }
}
