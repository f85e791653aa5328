package samovar.jvm.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * What is on a drawn picture: one to three coloured figures on a plain or shaded ground, each in another cell of three by
 * three. The words are those that the captions of Florence-2-tiny-shapes are made of. Immutable.
 */
record DrawnScene(int width, int height, Colour ground, boolean shaded, List<Figure> figures) {
    private static final Pattern NO_WORD = Pattern.compile("[^a-z]+");
    private static final int CELLS = 3;
    private static final int MOST_FIGURES = 3;
    private static final int MODEL_SIDE = 192;
    private static final int LEAST_SIDE = 200;
    private static final int MOST_SIDE = 640;
    /** Every fourth picture has the size that the model wants, and is not resized. */
    private static final int MODEL_SIZED = 4;
    /** One picture in so many has a shaded ground. */
    private static final int SHADED = 4;

    /** With the middle of the range that its red, green and blue are drawn from. */
    enum Colour {
        RED(218, 32, 35),
        ORANGE(248, 144, 22),
        YELLOW(242, 220, 38),
        GREEN(30, 152, 55),
        BLUE(33, 63, 220),
        PURPLE(134, 43, 165),
        BLACK(15, 18, 16),
        WHITE(249, 249, 249),
        GRAY(138, 138, 140),
        BROWN(118, 73, 38),
        CYAN(121, 223, 228);

        final int red;
        final int green;
        final int blue;

        Colour(int red, int green, int blue) {
            this.red = red;
            this.green = green;
            this.blue = blue;
        }

        String word() {
            return DrawnScene.word(this);
        }
    }

    enum Shape {
        CIRCLE,
        SQUARE,
        TRIANGLE,
        STAR,
        DIAMOND,
        CROSS;

        String word() {
            return DrawnScene.word(this);
        }
    }

    /** A coloured shape in the square whose top left corner and side are given, in pixels. */
    record Figure(Colour colour, Shape shape, double left, double top, double side) {
        /** As a caption names it: {@code red circle}. */
        String words() {
            return colour.word() + " " + shape.word();
        }
    }

    private static final List<Colour> FIGURES = List.of(
            Colour.RED,
            Colour.ORANGE,
            Colour.YELLOW,
            Colour.GREEN,
            Colour.BLUE,
            Colour.PURPLE,
            Colour.BLACK,
            Colour.WHITE);
    private static final List<Colour> GROUNDS = List.of(Colour.WHITE, Colour.GRAY, Colour.BROWN, Colour.CYAN);

    /** The picture of this number in a series. */
    static DrawnScene of(long seed, int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        boolean modelSized = number % MODEL_SIZED == 0;
        int width = modelSized ? MODEL_SIDE : between(random, LEAST_SIDE, MOST_SIDE);
        int height = modelSized ? MODEL_SIDE : between(random, lowest(width), highest(width));
        Colour ground = GROUNDS.get(random.nextInt(GROUNDS.size()));
        boolean shaded = random.nextInt(SHADED) == 0;
        int count = 1 + random.nextInt(MOST_FIGURES);
        // Of which cells, in reading order: that is the order of the captions too.
        List<Integer> cells = new ArrayList<>();
        while (cells.size() < count) {
            int cell = random.nextInt(CELLS * CELLS);
            if (!cells.contains(cell)) {
                cells.add(cell);
            }
        }
        cells.sort(null);
        List<Figure> figures = new ArrayList<>();
        for (int cell : cells) {
            figures.add(figure(random, width, height, cell, ground, figures));
        }
        return new DrawnScene(width, height, ground, shaded, List.copyOf(figures));
    }

    private static int between(SplittableRandom random, int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** No side is longer than half as much again as the other: what is resized to a square keeps its shape, more or less. */
    private static int lowest(int side) {
        return Math.max(LEAST_SIDE, side * 2 / 3);
    }

    private static int highest(int side) {
        return Math.min(MOST_SIDE, side * 3 / 2);
    }

    private static Figure figure(
            SplittableRandom random, int width, int height, int cell, Colour ground, List<Figure> others) {
        boolean large = random.nextBoolean();
        double share = large ? 0.265 + 0.055 * random.nextDouble() : 0.125 + 0.045 * random.nextDouble();
        double side = share * Math.min(width, height);
        double cellWidth = (double) width / CELLS;
        double cellHeight = (double) height / CELLS;
        double left = cell % CELLS * cellWidth + random.nextDouble() * (cellWidth - side);
        int row = cell / CELLS;
        double top = row * cellHeight + random.nextDouble() * (cellHeight - side);
        while (true) {
            Colour colour = FIGURES.get(random.nextInt(FIGURES.size()));
            Figure figure = new Figure(colour, Shape.values()[random.nextInt(Shape.values().length)], left, top, side);
            if (colour != ground
                    && others.stream().noneMatch(other -> other.words().equals(figure.words()))) {
                return figure;
            }
        }
    }

    /** The figures as a caption should name them. */
    List<String> words() {
        return figures.stream().map(Figure::words).toList();
    }

    /** The colours and shapes that a caption names, in its order: {@code [red circle, white star]}. */
    static List<String> namedIn(String caption) {
        List<String> found = new ArrayList<>();
        String before = "";
        for (String word : NO_WORD.split(caption, -1)) {
            if (isShape(word)) {
                found.add(before + " " + word);
            }
            before = word;
        }
        return found;
    }

    private static boolean isShape(String word) {
        for (Shape shape : Shape.values()) {
            if (shape.word().equals(word)) {
                return true;
            }
        }
        return false;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
