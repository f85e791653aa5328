package samovar.jvm.florence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samovar.config.GenerationDefaults.EarlyStopping;
import samovar.generate.GenerationSettings;
import samovar.json.Json;
import samovar.task.CaptionModel;

/** A Florence-2 of the original's geometry and settings against PyTorch: greedy, with forbidden repetitions, and three beams. */
class Florence2LargeTest {
    private static final Json GOLDEN = Florence2.golden("florence_768.json");
    private static final Path PICTURE =
            Florence2.GOLDENS.resolve(GOLDEN.get("image").get("file").asString());

    private static CaptionModel model;

    @BeforeAll
    static void load() {
        model = Florence2.load(Florence2.LARGE, Florence2.dtype("fp32"));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static GenerationSettings.Builder settings() {
        return GenerationSettings.builder().maxNewTokens(16);
    }

    private static List<Integer> ids(CaptionModel model, String task, GenerationSettings settings) {
        List<Integer> ids = new ArrayList<>(List.of(2));
        ids.addAll(Florence2.ask(model, PICTURE, task, settings).finished().tokenIds());
        return ids;
    }

    private static List<Integer> golden(String task, String kind) {
        return GOLDEN.get("tasks").get(task).get(kind).get("ids").listOf(Json::asInt);
    }

    @Test
    void itsOwnSettingsAreThreeBeamsWithoutRepetitions() {
        for (String task : GOLDEN.get("tasks").keys()) {
            assertThat(ids(model, task, settings().build()))
                    .as(task)
                    .isEqualTo(golden(task, "beam3_no_repeat_ngram_3"));
        }
    }

    @Test
    void repetitionsAreOneSettingAway() {
        for (String task : GOLDEN.get("tasks").keys()) {
            assertThat(ids(model, task, settings().noRepeatNgramSize(0).build()))
                    .as(task)
                    .isEqualTo(golden(task, "beam3"));
        }
    }

    @Test
    void greedyIsOneSettingAway() {
        for (String task : GOLDEN.get("tasks").keys()) {
            assertThat(ids(model, task, settings().numBeams(1).build()))
                    .as(task)
                    .isEqualTo(golden(task, "greedy_no_repeat_ngram_3"));
            assertThat(ids(
                            model,
                            task,
                            settings().numBeams(1).noRepeatNgramSize(0).build()))
                    .as(task)
                    .isEqualTo(golden(task, "greedy"));
        }
    }

    @Test
    void theDocumentedMixAndModulesWithHalfPrecisionEdgesSayTheSame(@TempDir Path temporary) throws IOException {
        CaptionModel mix = Florence2.load(Florence2.LARGE, Florence2.documentedMix());
        CaptionModel edges = Florence2.load(halfEdges(temporary), Florence2.documentedMix(), temporary);
        for (String task : GOLDEN.get("tasks").keys()) {
            for (CaptionModel lower : List.of(mix, edges)) {
                assertThat(ids(
                                lower,
                                task,
                                settings().numBeams(1).noRepeatNgramSize(0).build()))
                        .as(task)
                        .isEqualTo(golden(task, "greedy"));
                assertThat(ids(lower, task, settings().build()))
                        .as(task)
                        .isEqualTo(golden(task, "beam3_no_repeat_ngram_3"));
            }
        }
        mix.close();
        edges.close();
    }

    /** The same model, its fp16 modules taking and giving half precision. */
    private static String halfEdges(Path models) throws IOException {
        Path from = Florence2.TEST_MODELS.resolve(Florence2.LARGE);
        Path to = models.resolve("bundled").resolve("half-edges");
        Files.createDirectories(to.resolve("onnx"));
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = from.relativize(file).toString();
                if (!name.endsWith("_fp16.onnx")) {
                    Files.copy(file, to.resolve(name.replace("_fp16io.onnx", "_fp16.onnx")));
                }
            }
        }
        return "bundled/half-edges";
    }

    /** Another eos makes sequences end at different lengths. */
    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void sequencesThatEndEarlyAreChosenAsTheReferenceChooses(int index, @TempDir Path temporary) throws IOException {
        Json golden = GOLDEN.get("caption_with_other_eos").get("cases").get(index);
        CaptionModel other = Florence2.load(
                otherEos(temporary, golden.get("eos_token_id").asInt()), Florence2.dtype("fp32"), temporary);
        for (EarlyStopping rule : List.of(EarlyStopping.WHEN_FULL, EarlyStopping.WHEN_UNLIKELY_BETTER)) {
            for (int repetitions : new int[] {0, 3}) {
                String key = "beam3" + (repetitions == 3 ? "_no_repeat_ngram_3" : "") + "_early_stopping_"
                        + (rule == EarlyStopping.WHEN_FULL);
                GenerationSettings asked = settings()
                        .earlyStopping(rule)
                        .noRepeatNgramSize(repetitions)
                        .build();
                assertThat(ids(other, "<CAPTION>", asked))
                        .as(key)
                        .isEqualTo(golden.get(key).get("ids").listOf(Json::asInt));
            }
        }
        other.close();
    }

    private static String otherEos(Path models, int eos) throws IOException {
        Path from = Florence2.TEST_MODELS.resolve(Florence2.LARGE);
        Path to = models.resolve("bundled").resolve("other-eos");
        Files.createDirectories(to.resolve("onnx"));
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        Path generation = to.resolve("generation_config.json");
        Files.writeString(
                generation,
                Files.readString(generation).replace("\"eos_token_id\": 2,", "\"eos_token_id\": " + eos + ","));
        return "bundled/other-eos";
    }
}
