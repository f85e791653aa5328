package samovar.client.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.task.CaptionResult;

/**
 * One thing that an answer shows in the picture.
 *
 * @param label empty where the task gives none
 * @param colour from 0 to {@link #COLOURS} - 1, the same for the same label
 * @param polygons closed, each x and y in turn, in pixels of the picture; at least one, each of at least two points
 * @param upright whether it is one upright rectangle
 */
record Mark(String label, int colour, List<List<Integer>> polygons, boolean upright) {
    static final int COLOURS = 8;

    Mark {
        polygons = List.copyOf(polygons);
    }

    /** The marks of an answer in its order; none where it is words. What the model broke off before two points is left out. */
    static List<Mark> of(CaptionResult result) {
        Collector found = new Collector();
        if (result instanceof CaptionResult.Boxes boxes) {
            found.boxes(boxes.boxes());
        } else if (result instanceof CaptionResult.Quads quads) {
            for (CaptionResult.Quad quad : quads.quads()) {
                found.add(quad.label(), List.of(quad.corners()), false);
            }
        } else if (result instanceof CaptionResult.Polygons polygons) {
            found.outlines(polygons.outlines());
        } else if (result instanceof CaptionResult.BoxesAndPolygons both) {
            found.boxes(both.boxes());
            found.outlines(both.outlines());
        }
        return found.marks;
    }

    /** Gathers marks and gives each new label the next colour. */
    private static final class Collector {
        private final List<Mark> marks = new ArrayList<>();
        private final Map<String, Integer> colours = new LinkedHashMap<>();

        void boxes(List<CaptionResult.Box> boxes) {
            for (CaptionResult.Box box : boxes) {
                List<Integer> corners = List.of(
                        box.left(),
                        box.top(),
                        box.right(),
                        box.top(),
                        box.right(),
                        box.bottom(),
                        box.left(),
                        box.bottom());
                add(box.label(), List.of(corners), true);
            }
        }

        void outlines(List<CaptionResult.Outline> outlines) {
            for (CaptionResult.Outline outline : outlines) {
                add(outline.label(), outline.polygons(), false);
            }
        }

        void add(String label, List<List<Integer>> polygons, boolean upright) {
            List<List<Integer>> drawn = new ArrayList<>();
            for (List<Integer> polygon : polygons) {
                if (polygon.size() >= 4) {
                    drawn.add(polygon);
                }
            }
            if (!drawn.isEmpty()) {
                Integer colour = colours.get(label);
                if (colour == null) {
                    colour = colours.size() % COLOURS;
                    colours.put(label, colour);
                }
                marks.add(new Mark(label, colour, drawn, upright));
            }
        }
    }

    int left() {
        return extreme(0, -1);
    }

    int top() {
        return extreme(1, -1);
    }

    int right() {
        return extreme(0, 1);
    }

    int bottom() {
        return extreme(1, 1);
    }

    private int extreme(int axis, int sign) {
        int most = polygons.get(0).get(axis);
        for (List<Integer> polygon : polygons) {
            for (int i = axis; i < polygon.size(); i += 2) {
                most = sign * polygon.get(i) > sign * most ? polygon.get(i) : most;
            }
        }
        return most;
    }

    /** Where it lies, for a list: {@code 146, 15 to 174, 46}. */
    String place() {
        String place = left() + ", " + top() + " to " + right() + ", " + bottom();
        int points = 0;
        for (List<Integer> polygon : polygons) {
            points += polygon.size() / 2;
        }
        return upright ? place : place + ", " + points + " corners";
    }

    /** A name where the task gives none. */
    String name() {
        return label.isEmpty() ? "region" : label;
    }

    /** A polygon as SVG writes its points. */
    static String points(List<Integer> polygon) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i + 1 < polygon.size(); i += 2) {
            points.append(i == 0 ? "" : " ").append(polygon.get(i)).append(',').append(polygon.get(i + 1));
        }
        return points.toString();
    }
}
