package samovar.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samovar.config.PreprocessorConfig;

/** The tasks of a Florence-2, as its {@code preprocessor_config.json} lists them. Immutable; may be shared between threads. */
public final class Florence2Tasks {
    /** What people call the tasks that are known, and what their input is. */
    private static final Map<String, List<String>> WORDS = Map.ofEntries(
            Map.entry("<CAPTION>", List.of("Short caption", "")),
            Map.entry("<DETAILED_CAPTION>", List.of("Detailed caption", "")),
            Map.entry("<MORE_DETAILED_CAPTION>", List.of("A paragraph about the picture", "")),
            Map.entry("<OD>", List.of("Find objects", "")),
            Map.entry("<DENSE_REGION_CAPTION>", List.of("Find and describe regions", "")),
            Map.entry("<REGION_PROPOSAL>", List.of("Propose regions", "")),
            Map.entry("<OCR>", List.of("Read the text", "")),
            Map.entry("<OCR_WITH_REGION>", List.of("Read the text and show where it is", "")),
            Map.entry("<CAPTION_TO_PHRASE_GROUNDING>", List.of("Locate what a caption names", "The caption")),
            Map.entry("<REFERRING_EXPRESSION_SEGMENTATION>", List.of("Outline what you describe", "What to outline")),
            Map.entry("<REGION_TO_SEGMENTATION>", List.of("Outline what is in a region", "The region")),
            Map.entry("<OPEN_VOCABULARY_DETECTION>", List.of("Find what you name", "What to find")),
            Map.entry("<REGION_TO_CATEGORY>", List.of("Name what is in a region", "The region")),
            Map.entry("<REGION_TO_DESCRIPTION>", List.of("Describe a region", "The region")),
            Map.entry("<REGION_TO_OCR>", List.of("Read the text in a region", "The region")));

    private final List<Florence2Task> tasks;

    private Florence2Tasks(List<Florence2Task> tasks) {
        this.tasks = Collections.unmodifiableList(tasks);
    }

    /**
     * A task together with its input.
     *
     * @param input trimmed; empty where none was given
     */
    public record Asked(Florence2Task task, String input) {
        /** What the model is told. */
        public String prompt() {
            return task.promptWith(input);
        }
    }

    /**
     * Tasks without input first, each kind in the file's order. A task whose answer type the file leaves open answers in words.
     *
     * @throws TaskException UNSUPPORTED_MODEL if the file names no task, or an answer type that is not known
     */
    public static Florence2Tasks of(PreprocessorConfig config) {
        List<Florence2Task> tasks = new ArrayList<>();
        add(tasks, config.promptsWithoutInput(), false, config);
        add(tasks, config.promptsWithInput(), true, config);
        if (tasks.isEmpty()) {
            throw new TaskException(
                    TaskException.Kind.UNSUPPORTED_MODEL,
                    "preprocessor_config.json names no task: task_prompts_without_inputs and task_prompts_with_input"
                            + " are empty",
                    "Choose a Florence-2 made for Transformers.js.");
        }
        return new Florence2Tasks(tasks);
    }

    private static void add(
            List<Florence2Task> tasks, Map<String, String> prompts, boolean wantsInput, PreprocessorConfig config) {
        for (Map.Entry<String, String> prompt : prompts.entrySet()) {
            String token = prompt.getKey();
            List<String> words = WORDS.getOrDefault(token, List.of(token, wantsInput ? "Its input" : ""));
            tasks.add(new Florence2Task(
                    token,
                    prompt.getValue(),
                    wantsInput,
                    AnswerType.ofLabel(config.answerTypes().getOrDefault(token, AnswerType.PURE_TEXT.label())),
                    words.get(0),
                    wantsInput ? words.get(1) : ""));
        }
    }

    public List<Florence2Task> all() {
        return tasks;
    }

    /** The task of exactly this token. */
    public Optional<Florence2Task> find(String token) {
        for (Florence2Task task : tasks) {
            if (task.token().equals(token)) {
                return Optional.of(task);
            }
        }
        return Optional.empty();
    }

    /**
     * What a person or a program means by this text: a task token, before or after its input if it wants one, or the prompt in
     * words: {@code <OD>}, {@code <OPEN_VOCABULARY_DETECTION>a tree}, {@code What does the image describe?}, {@code Locate a
     * tree in the image.}
     *
     * @param input given apart from the text; empty where it stands in the text, or none is wanted
     * @throws TaskException INVALID_REQUEST if that is no task of this model, naming those that are; if there are two inputs,
     *     one where none is wanted, or none where one is
     */
    public Asked ask(String text, String input) {
        String wanted = PythonText.strip(text);
        String apart = PythonText.strip(input);
        for (Florence2Task task : tasks) {
            if (wanted.contains(task.token())) {
                return asked(task, PythonText.strip(wanted.replace(task.token(), "")), apart);
            }
        }
        for (Florence2Task task : tasks) {
            String within = task.inputOf(wanted);
            if (within != null) {
                return asked(task, PythonText.strip(within.equals(Florence2Task.PLACE) ? "" : within), apart);
            }
        }
        throw new TaskException(
                TaskException.Kind.INVALID_REQUEST,
                "task: \"" + shown(wanted) + "\" is no task of this model; it has " + tokens(tasks),
                "Ask with one of these tokens, or with its prompt in words, \""
                        + tasks.get(0).prompt() + "\" for example.");
    }

    private Asked asked(Florence2Task task, String within, String apart) {
        if (!within.isEmpty() && !apart.isEmpty() && !within.equals(apart)) {
            throw new TaskException(
                    TaskException.Kind.INVALID_REQUEST,
                    "input: " + task.token() + " has two, \"" + shown(within) + "\" and \"" + shown(apart) + "\"",
                    "Give one of them.");
        }
        String input = within.isEmpty() ? apart : within;
        if (!task.wantsInput() && !input.isEmpty()) {
            throw apart.isEmpty()
                    ? noInput("task: " + task.token() + " must stand alone", input)
                    : noInput("input: " + task.token() + " takes none", apart);
        }
        if (task.wantsInput() && input.isEmpty()) {
            throw new TaskException(
                    TaskException.Kind.INVALID_REQUEST,
                    "input: " + task.token() + " needs one, for its prompt \"" + task.prompt() + "\"",
                    "Write it behind the token, or give it apart; a region is written"
                            + " <loc_52><loc_332><loc_932><loc_774>: left, top, right, bottom in thousandths.");
        }
        return new Asked(task, input);
    }

    /**
     * What the model is told for a text, as the reference's processor makes it: of a task token its prompt, with the rest of the
     * text as input if it wants one; any other text as it is.
     *
     * @throws TaskException INVALID_REQUEST where a token that wants no input does not stand alone
     */
    public String prompt(String text) {
        String prompt = text;
        for (Florence2Task task : tasks) {
            if (!task.wantsInput() && prompt.contains(task.token())) {
                if (!prompt.equals(task.token())) {
                    throw noInput("task: " + task.token() + " must stand alone", prompt);
                }
                prompt = task.prompt();
                break;
            }
        }
        for (Florence2Task task : tasks) {
            if (task.wantsInput() && prompt.contains(task.token())) {
                return task.promptWith(PythonText.strip(prompt.replace(task.token(), "")));
            }
        }
        return prompt;
    }

    private TaskException noInput(String problem, String found) {
        List<Florence2Task> wanting = new ArrayList<>();
        for (Florence2Task other : tasks) {
            if (other.wantsInput()) {
                wanting.add(other);
            }
        }
        return new TaskException(
                TaskException.Kind.INVALID_REQUEST,
                problem + ", found \"" + shown(found) + "\"",
                "Leave the rest out"
                        + (wanting.isEmpty() ? "." : "; tasks that take an input: " + tokens(wanting) + "."));
    }

    private static String tokens(List<Florence2Task> tasks) {
        List<String> tokens = new ArrayList<>();
        for (Florence2Task task : tasks) {
            tokens.add(task.token());
        }
        return String.join(", ", tokens);
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
