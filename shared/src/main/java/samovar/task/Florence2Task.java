package samovar.task;

import java.util.Objects;

/**
 * One thing that a Florence-2 can be asked.
 *
 * @param token how programs name it, {@code <CAPTION>}
 * @param prompt what the model is told, <code>{input}</code> standing for the input
 * @param wantsInput whether it needs words or a region beside the picture
 * @param answer how its answer is read
 * @param title what it does, in words for people
 * @param inputTitle what its input is, in words for people; empty where it wants none
 */
public record Florence2Task(
        String token, String prompt, boolean wantsInput, AnswerType answer, String title, String inputTitle) {
    static final String PLACE = "{input}";

    public Florence2Task {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(inputTitle, "inputTitle");
    }

    /** What the model is told with this input; the prompt itself where none is wanted. */
    String promptWith(String input) {
        return wantsInput ? prompt.replace(PLACE, input) : prompt;
    }

    /** The input with which the prompt reads like this text; null where it can't. */
    String inputOf(String text) {
        int place = prompt.indexOf(PLACE);
        if (!wantsInput || place < 0) {
            return text.equals(prompt) ? "" : null;
        }
        String before = prompt.substring(0, place);
        String after = prompt.substring(place + PLACE.length());
        boolean fits =
                text.length() >= before.length() + after.length() && text.startsWith(before) && text.endsWith(after);
        return fits ? text.substring(before.length(), text.length() - after.length()) : null;
    }
}
