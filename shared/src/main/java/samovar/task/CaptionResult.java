package samovar.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.json.Json;

/**
 * A picture's description, in the form that its task has. Places are whole pixels from the picture's top left corner, x to
 * the right and y down. Immutable.
 *
 * <p>{@link #toJson} gives exactly the value that the reference implementation's {@code post_process_generation} has under
 * the task token, {@link #ofJson} reads it back.
 */
public sealed interface CaptionResult {
    /** For {@link samovar.json.JsonWriter}: a String, or a Map with the reference's keys in its order. */
    Object toJson();

    /**
     * Reads what {@link #toJson} gave.
     *
     * @throws samovar.json.JsonException if it has none of the five forms
     */
    static CaptionResult ofJson(Json json) {
        if (json.isString()) {
            return new Text(json.asString());
        }
        if (json.get("bboxes_labels").isPresent()) {
            return new BoxesAndPolygons(
                    boxes(json.get("bboxes"), json.get("bboxes_labels")),
                    outlines(json.get("polygons"), json.get("polygons_labels")));
        }
        Json labels = json.get("labels");
        if (json.get("quad_boxes").isPresent()) {
            List<Quad> quads = new ArrayList<>();
            for (int i = 0; i < paired(json.get("quad_boxes"), labels); i++) {
                quads.add(new Quad(
                        labels.get(i).asString(), json.get("quad_boxes").get(i).listOf(Json::asInt)));
            }
            return new Quads(quads);
        }
        if (json.get("polygons").isPresent()) {
            return new Polygons(outlines(json.get("polygons"), labels));
        }
        if (json.get("bboxes").isPresent()) {
            return new Boxes(boxes(json.get("bboxes"), labels));
        }
        throw json.fault("expected a string, or an object with bboxes, quad_boxes or polygons");
    }

    private static int paired(Json places, Json labels) {
        if (places.size() != labels.size()) {
            throw labels.fault("expected one label for each of " + places.size() + " places, found " + labels.size());
        }
        return labels.size();
    }

    private static List<Box> boxes(Json places, Json labels) {
        List<Box> boxes = new ArrayList<>();
        for (int i = 0; i < paired(places, labels); i++) {
            Json place = places.get(i);
            boxes.add(new Box(
                    labels.get(i).asString(),
                    place.get(0).asInt(),
                    place.get(1).asInt(),
                    place.get(2).asInt(),
                    place.get(3).asInt()));
        }
        return boxes;
    }

    private static List<Outline> outlines(Json places, Json labels) {
        List<Outline> outlines = new ArrayList<>();
        for (int i = 0; i < paired(places, labels); i++) {
            outlines.add(new Outline(
                    labels.get(i).asString(), places.get(i).listOf(polygon -> polygon.listOf(Json::asInt))));
        }
        return outlines;
    }

    private static List<Object> places(List<Box> boxes) {
        List<Object> places = new ArrayList<>();
        for (Box box : boxes) {
            places.add(List.of(box.left(), box.top(), box.right(), box.bottom()));
        }
        return places;
    }

    private static List<Object> polygons(List<Outline> outlines) {
        List<Object> polygons = new ArrayList<>();
        for (Outline outline : outlines) {
            polygons.add(outline.polygons());
        }
        return polygons;
    }

    private static List<Object> labels(List<? extends Labelled> found) {
        List<Object> labels = new ArrayList<>();
        for (Labelled one : found) {
            labels.add(one.label());
        }
        return labels;
    }

    /** Something found in the picture. Its label is empty where the task gives none. */
    sealed interface Labelled {
        String label();
    }

    /**
     * An upright rectangle. A model may answer corners the wrong way round, or one pixel outside of the picture; they are as it
     * said.
     */
    record Box(String label, int left, int top, int right, int bottom) implements Labelled {}

    /**
     * Four corners.
     *
     * @param corners x and y in turn, eight numbers: top left, top right, bottom right, bottom left of the text as it is read
     */
    record Quad(String label, List<Integer> corners) implements Labelled {
        public Quad {
            corners = List.copyOf(corners);
            if (corners.size() != 8) {
                throw new IllegalArgumentException("a quad has 8 numbers, found " + corners);
            }
        }
    }

    /**
     * One thing's outline, in one or more closed polygons.
     *
     * @param polygons each x and y in turn; a polygon may be empty where the model broke off
     */
    record Outline(String label, List<List<Integer>> polygons) implements Labelled {
        public Outline {
            List<List<Integer>> copies = new ArrayList<>();
            for (List<Integer> polygon : polygons) {
                copies.add(List.copyOf(polygon));
            }
            polygons = Collections.unmodifiableList(copies);
        }
    }

    /** Words: captions, text that was read. */
    record Text(String text) implements CaptionResult {
        @Override
        public Object toJson() {
            return text;
        }
    }

    /** Things with their rectangles. */
    record Boxes(List<Box> boxes) implements CaptionResult {
        public Boxes {
            boxes = List.copyOf(boxes);
        }

        @Override
        public Object toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("bboxes", places(boxes));
            json.put("labels", labels(boxes));
            return json;
        }
    }

    /** Pieces of text with the four corners of each. */
    record Quads(List<Quad> quads) implements CaptionResult {
        public Quads {
            quads = List.copyOf(quads);
        }

        @Override
        public Object toJson() {
            List<Object> corners = new ArrayList<>();
            for (Quad quad : quads) {
                corners.add(quad.corners());
            }
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("quad_boxes", corners);
            json.put("labels", labels(quads));
            return json;
        }
    }

    /** Things with their outlines. */
    record Polygons(List<Outline> outlines) implements CaptionResult {
        public Polygons {
            outlines = List.copyOf(outlines);
        }

        @Override
        public Object toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("polygons", polygons(outlines));
            json.put("labels", labels(outlines));
            return json;
        }
    }

    /** Things, some with rectangles, some with outlines. */
    record BoxesAndPolygons(List<Box> boxes, List<Outline> outlines) implements CaptionResult {
        public BoxesAndPolygons {
            boxes = List.copyOf(boxes);
            outlines = List.copyOf(outlines);
        }

        @Override
        public Object toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("bboxes", places(boxes));
            json.put("bboxes_labels", labels(boxes));
            json.put("polygons", polygons(outlines));
            json.put("polygons_labels", labels(outlines));
            return json;
        }
    }
}
