package samovar.client.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.json.JsonWriter;
import samovar.task.CaptionAnswer;
import samovar.task.CaptionResult;

/** An answer in words: to be copied, and to be read aloud. */
final class CaptionWords {
    private CaptionWords() {}

    /** The text itself, or a line for each thing found, with its place: {@code red diamond: 146, 15 to 174, 46}. */
    static String text(CaptionResult result) {
        if (result instanceof CaptionResult.Text words) {
            return words.text();
        }
        List<String> lines = new ArrayList<>();
        for (Mark mark : Mark.of(result)) {
            lines.add(mark.name() + ": " + mark.place());
        }
        return String.join("\n", lines);
    }

    /** The reference's map from the task's token to the result. */
    static String json(CaptionAnswer answer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(answer.task(), answer.result().toJson());
        return JsonWriter.write(json);
    }

    /** For a screen reader, and above the list: {@code 3 found: red diamond, yellow square, yellow diamond}. */
    static String summary(CaptionResult result) {
        if (result instanceof CaptionResult.Text words) {
            return words.text().isEmpty() ? "The model said nothing." : words.text();
        }
        List<Mark> marks = Mark.of(result);
        List<String> names = new ArrayList<>();
        for (Mark mark : marks) {
            names.add(mark.name());
        }
        return marks.isEmpty() ? "Nothing found." : marks.size() + " found: " + String.join(", ", names);
    }
}
