package samovar.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import samovar.chat.ChatMessage;
import samovar.hub.RepoId;
import samovar.json.Json;

/** The project's models and the reference answers, by their paths from this module's folder. */
public final class Fixtures {
    public static final Path MODELS = Path.of("..", "models").toAbsolutePath().normalize();
    public static final RepoId TINY_CHAT = RepoId.of("bundled/tiny-chat");
    public static final RepoId SMOLLM2 = RepoId.of("bundled/SmolLM2-135M-Instruct");

    /**
     * Choices of SmolLM2 q4 with a smaller margin may fall otherwise in another version of ONNX Runtime or on another
     * processor: one unit in the last place of a layer norm (1.29 and 1.30 differ so) changes which way an activation is rounded
     * to int8, and with it the logits by up to 0.4.
     */
    public static final double NEAR_TIE = 0.5;

    private static final Path GOLDENS = Path.of("..", "shared", "src", "test", "resources", "goldens");

    private Fixtures() {}

    /**
     * One conversation of a golden file, with the reference's greedy answer.
     *
     * @param margins best minus second logit at each step of the answer; empty where the file gives none
     */
    public record GoldenCase(
            List<ChatMessage> messages,
            List<Integer> promptIds,
            List<Integer> tokenIds,
            String text,
            String finishReason,
            List<Double> margins) {
        /** How many steps come before the first whose best and second logit are nearer than this. */
        public int stepsBeforeMarginUnder(double margin) {
            int steps = 0;
            while (steps < margins.size() && margins.get(steps) >= margin) {
                steps++;
            }
            return steps;
        }

        @Override
        public String toString() {
            return messages.get(messages.size() - 1).content();
        }
    }

    public static List<GoldenCase> golden(String file) {
        List<GoldenCase> cases = new ArrayList<>();
        for (Json one :
                Json.parse(read(GOLDENS.resolve(file)), file).get("cases").elements()) {
            cases.add(new GoldenCase(
                    one.get("messages").listOf(ChatMessage::of),
                    one.get("prompt_ids").listOf(Json::asInt),
                    one.get("token_ids").listOf(Json::asInt),
                    one.get("text").asString(),
                    one.get("finish_reason").asString(),
                    one.get("margins").listOf(Json::asDouble)));
        }
        return cases;
    }

    /** Whether Linux names this among the processor's flags; false on other systems. */
    public static boolean processorHas(String flag) {
        Path flags = Path.of("/proc/cpuinfo");
        return Files.exists(flags) && read(flags).contains(" " + flag + " ");
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
