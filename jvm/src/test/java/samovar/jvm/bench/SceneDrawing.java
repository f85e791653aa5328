package samovar.jvm.bench;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;
import samovar.jvm.bench.DrawnScene.Colour;
import samovar.jvm.bench.DrawnScene.Figure;

/** Draws a {@link DrawnScene} with hard edges, each colour a little off its middle. The same seed gives the same pixels. */
final class SceneDrawing {
    /** How far red, green and blue may be from the colour's middle. */
    private static final int SPREAD = 8;
    /** The brightness of a shaded ground's top row; its bottom row has all of it. */
    private static final double SHADE = 0.64;

    private static final int STAR_POINTS = 5;
    private static final double STAR_INNER = 0.4;

    private final Random random;

    private SceneDrawing(Random random) {
        this.random = random;
    }

    /** As a PNG file. */
    static byte[] png(DrawnScene scene, long seed) {
        BufferedImage image = new SceneDrawing(new Random(seed)).draw(scene);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    private BufferedImage draw(DrawnScene scene) {
        BufferedImage image = new BufferedImage(scene.width(), scene.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        Color ground = near(scene.ground());
        for (int y = 0; y < scene.height(); y++) {
            double light = scene.shaded() ? SHADE + (1 - SHADE) * y / (scene.height() - 1) : 1;
            graphics.setColor(new Color((int) (ground.getRed() * light), (int) (ground.getGreen() * light), (int)
                    (ground.getBlue() * light)));
            graphics.fillRect(0, y, scene.width(), 1);
        }
        for (Figure figure : scene.figures()) {
            graphics.setColor(near(figure.colour()));
            graphics.fill(outline(figure));
        }
        graphics.dispose();
        return image;
    }

    private Color near(Colour colour) {
        return new Color(near(colour.red), near(colour.green), near(colour.blue));
    }

    private int near(int value) {
        return Math.max(0, Math.min(255, value + random.nextInt(2 * SPREAD + 1) - SPREAD));
    }

    private static Shape outline(Figure figure) {
        double left = figure.left();
        double top = figure.top();
        double side = figure.side();
        double middle = left + side / 2;
        return switch (figure.shape()) {
            case CIRCLE -> new Ellipse2D.Double(left, top, side, side);
            case SQUARE -> new Rectangle2D.Double(left, top, side, side);
            case TRIANGLE -> polygon(middle, top, left + side, top + side, left, top + side);
            case DIAMOND -> polygon(middle, top, left + side, top + side / 2, middle, top + side, left, top + side / 2);
            case STAR -> star(middle, top + side / 2, side / 2);
            case CROSS -> {
                Area cross = new Area(new Rectangle2D.Double(left, top + side / 3, side, side / 3));
                cross.add(new Area(new Rectangle2D.Double(left + side / 3, top, side / 3, side)));
                yield cross;
            }
        };
    }

    private static Shape star(double x, double y, double radius) {
        double[] points = new double[4 * STAR_POINTS];
        for (int i = 0; i < 2 * STAR_POINTS; i++) {
            double length = i % 2 == 0 ? radius : radius * STAR_INNER;
            double angle = Math.PI * i / STAR_POINTS;
            points[2 * i] = x + length * Math.sin(angle);
            points[2 * i + 1] = y - length * Math.cos(angle);
        }
        return polygon(points);
    }

    private static Shape polygon(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        path.closePath();
        return path;
    }
}
