package samovar.task;

import java.util.ArrayList;
import java.util.List;
import samovar.image.ImageSize;

/**
 * Reads what a Florence-2 wrote, as transformers' {@code Florence2PostProcessor} does with regular expressions; written as
 * scanners, since those are not to be had everywhere. Text that breaks off or makes no sense gives what can be read of it.
 */
final class Florence2Answers {
    /** Bins of a location token, {@code <loc_0>} to {@code <loc_999>}, over the picture's width or height. */
    private static final int BINS = 1000;

    private static final int QUAD = 8;
    private static final int BOX = 4;
    private static final int LEAST_MARKS = 4;
    private static final String SEPARATOR = "<sep>";
    private static final String POLYGONS = "<poly>";
    private static final String POLYGONS_END = "</poly>";

    /** What the reference does not take for a thing, {@code banned_grounding_tokens}. */
    private static final List<String> NO_PHRASES = List.of(
            "it",
            "I",
            "me",
            "mine",
            "you",
            "your",
            "yours",
            "he",
            "him",
            "his",
            "she",
            "her",
            "hers",
            "they",
            "them",
            "their",
            "theirs",
            "one",
            "oneself",
            "we",
            "us",
            "our",
            "ours",
            "its",
            "myself",
            "yourself",
            "himself",
            "herself",
            "itself",
            "ourselves",
            "yourselves",
            "themselves",
            "this",
            "that",
            "these",
            "those",
            "who",
            "whom",
            "whose",
            "which",
            "what",
            "all",
            "another",
            "any",
            "anybody",
            "anyone",
            "anything",
            "each",
            "everybody",
            "everyone",
            "everything",
            "few",
            "many",
            "nobody",
            "none",
            "several",
            "some",
            "somebody",
            "someone",
            "something",
            "each other",
            "one another",
            "the image",
            "image",
            "images",
            "the",
            "a",
            "an",
            "a group",
            "other objects",
            "lots",
            "a set");

    private final String text;
    private final float[] perBin;

    private Florence2Answers(String text, ImageSize size) {
        this.text = text;
        perBin = new float[] {(float) (size.width() / (double) BINS), (float) (size.height() / (double) BINS)};
    }

    /** @param raw the model's text, special tokens included */
    static CaptionResult read(String raw, AnswerType type, ImageSize size) {
        Florence2Answers answers =
                new Florence2Answers(raw.replace("<s>", "").replace("</s>", "").replace("<pad>", ""), size);
        return switch (type) {
            case PURE_TEXT ->
                new CaptionResult.Text(PythonText.strip(raw.replace("<s>", "").replace("</s>", "")));
            case OCR -> new CaptionResult.Quads(answers.quads());
            case DESCRIPTION_WITH_BBOXES -> new CaptionResult.Boxes(answers.labelledBoxes(false));
            case PHRASE_GROUNDING -> new CaptionResult.Boxes(answers.labelledBoxes(true));
            case BBOXES -> new CaptionResult.Boxes(answers.boxes());
            case POLYGONS -> new CaptionResult.Polygons(answers.outlines(false));
            case DESCRIPTION_WITH_POLYGONS -> new CaptionResult.Polygons(answers.outlines(true));
            case DESCRIPTION_WITH_BBOXES_OR_POLYGONS ->
                raw.contains(POLYGONS)
                        ? new CaptionResult.BoxesAndPolygons(List.of(), answers.outlines(true))
                        : new CaptionResult.BoxesAndPolygons(answers.labelledBoxes(false), List.of());
        };
    }

    /** Each line's shortest text, at least one character, before eight locations. */
    private List<CaptionResult.Quad> quads() {
        List<CaptionResult.Quad> quads = new ArrayList<>();
        int start = 0;
        int at = 1;
        while (at < text.length()) {
            if (text.charAt(at - 1) == '\n') {
                start = at;
                at = start + 1;
                continue;
            }
            Locations locations = locations(at, QUAD);
            if (locations.count() == QUAD) {
                String label = PythonText.strip(text.substring(start, at));
                quads.add(new CaptionResult.Quad(label, points(locations.bins, 0, QUAD)));
                start = locations.end;
                at = start + 1;
            } else {
                at++;
            }
        }
        return quads;
    }

    /** Words without {@code <}, then four locations or more: as many boxes as there are fours. */
    private List<CaptionResult.Box> labelledBoxes(boolean grounding) {
        List<CaptionResult.Box> boxes = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int words = text.indexOf('<', at);
            if (words < 0) {
                break;
            }
            Locations locations = locations(words, Integer.MAX_VALUE);
            if (words == at || locations.count() < BOX) {
                at = words + 1;
                continue;
            }
            String phrase = phrase(text.substring(at, words));
            if (phrase != null && !(grounding && NO_PHRASES.contains(phrase))) {
                addBoxes(boxes, PythonText.onlyAscii(phrase), locations);
            }
            at = locations.end;
        }
        return boxes;
    }

    /** Runs of four locations or more. */
    private List<CaptionResult.Box> boxes() {
        List<CaptionResult.Box> boxes = new ArrayList<>();
        int at = 0;
        while (at >= 0 && at < text.length()) {
            Locations locations = locations(at, Integer.MAX_VALUE);
            addBoxes(boxes, "", locations);
            at = text.indexOf('<', Math.max(locations.end, at + 1));
        }
        return boxes;
    }

    private void addBoxes(List<CaptionResult.Box> boxes, String label, Locations locations) {
        for (int i = 0; i + BOX <= locations.count(); i += BOX) {
            List<Integer> points = points(locations.bins, i, BOX);
            boxes.add(new CaptionResult.Box(label, points.get(0), points.get(1), points.get(2), points.get(3)));
        }
    }

    /** Four marks or more (locations and polygon signs) in a row, behind words where labels are wanted. */
    private List<CaptionResult.Outline> outlines(boolean labelled) {
        List<CaptionResult.Outline> outlines = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int marks = text.indexOf('<', at);
            if (marks < 0) {
                break;
            }
            int end = marks;
            int count = 0;
            for (int next = afterMark(end); next > end; next = afterMark(end)) {
                end = next;
                count++;
            }
            if (count >= LEAST_MARKS && (marks > at || !labelled)) {
                addOutlines(outlines, text.substring(labelled ? at : marks, end));
                at = end;
            } else {
                // Fewer marks begin no outline; what follows the first sign may be words before the next.
                at = marks + 1;
            }
        }
        return outlines;
    }

    private int afterMark(int at) {
        for (String sign : List.of(SEPARATOR, POLYGONS, POLYGONS_END)) {
            if (text.startsWith(sign, at)) {
                return at + sign.length();
            }
        }
        return afterLocation(text, at);
    }

    private void addOutlines(List<CaptionResult.Outline> outlines, String found) {
        String rest = found.substring(afterLocation(found, 0));
        int words = firstOf(rest, "<loc_", POLYGONS);
        String label = words < 0 ? null : phrase(rest.substring(0, words));
        if (label == null) {
            return;
        }
        if (!found.contains(POLYGONS) || !found.contains(POLYGONS_END)) {
            addOutline(outlines, label, found);
            return;
        }
        int from = found.indexOf(POLYGONS);
        while (from >= 0) {
            int inside = from + POLYGONS.length();
            int to = found.indexOf(POLYGONS_END, inside);
            if (to < 0) {
                return;
            }
            addOutline(outlines, label, found.substring(inside, to));
            from = found.indexOf(POLYGONS, to);
        }
    }

    /** A polygon is a run of locations before a separator or the end. */
    private void addOutline(List<CaptionResult.Outline> outlines, String label, String part) {
        Florence2Answers inner = new Florence2Answers(part, perBin);
        List<List<Integer>> polygons = new ArrayList<>();
        int at = 0;
        while (at >= 0 && at < part.length()) {
            Locations locations = inner.locations(at, Integer.MAX_VALUE);
            boolean closed = locations.end == part.length() || part.startsWith(SEPARATOR, locations.end);
            if (locations.count() > 0 && closed) {
                polygons.add(points(locations.bins, 0, locations.count() / 2 * 2));
            }
            at = part.indexOf('<', Math.max(locations.end, at + 1));
        }
        if (!polygons.isEmpty()) {
            outlines.add(new CaptionResult.Outline(label, polygons));
        }
    }

    private Florence2Answers(String text, float[] perBin) {
        this.text = text;
        this.perBin = perBin;
    }

    private static int firstOf(String text, String one, String other) {
        int first = text.indexOf(one);
        int second = text.indexOf(other);
        return first < 0 ? second : second < 0 ? first : Math.min(first, second);
    }

    /** The words, trimmed; null where they go over a line's end, which the reference passes over. */
    private static String phrase(String words) {
        return words.indexOf('\n', PythonText.firstNonSpace(words)) >= 0 ? null : PythonText.strip(words);
    }

    /** Bins of locations that follow one another, and where they end. */
    private static final class Locations {
        final List<Integer> bins = new ArrayList<>();
        int end;

        int count() {
            return bins.size();
        }
    }

    private Locations locations(int from, int most) {
        Locations locations = new Locations();
        locations.end = from;
        int next = afterLocation(text, from);
        while (next > locations.end && locations.count() < most) {
            locations.bins.add(bin(locations.end, next));
            locations.end = next;
            next = afterLocation(text, next);
        }
        return locations;
    }

    /** The position behind a location token that begins here; the same position where none does. */
    private static int afterLocation(String text, int at) {
        if (!text.startsWith("<loc_", at)) {
            return at;
        }
        int digits = at + "<loc_".length();
        int end = digits;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end > digits && end < text.length() && text.charAt(end) == '>' ? end + 1 : at;
    }

    /** No vocabulary has bins of more than a few digits; such a number stops at the largest that has eight. */
    private int bin(int from, int to) {
        int bin = 0;
        for (int i = from + "<loc_".length(); i < to - 1; i++) {
            bin = bin > 9_999_999 ? 99_999_999 : bin * 10 + (text.charAt(i) - '0');
        }
        return bin;
    }

    /** The middles of bins as pixels, x and y in turn, cut to whole numbers after a product in single precision, as PyTorch's. */
    private List<Integer> points(List<Integer> bins, int from, int count) {
        float[] product = new float[1];
        List<Integer> points = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            product[0] = bins.get(from + i) + 0.5f;
            product[0] = (float) ((double) product[0] * perBin[i % 2]);
            points.add((int) product[0]);
        }
        return points;
    }
}
