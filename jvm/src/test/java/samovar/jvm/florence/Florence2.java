package samovar.jvm.florence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import samovar.generate.GenerationListener;
import samovar.generate.GenerationSettings;
import samovar.json.Json;
import samovar.jvm.Fixtures;
import samovar.jvm.JvmOptions;
import samovar.jvm.JvmPipelines;
import samovar.platform.CancellationFlag;
import samovar.task.CaptionAnswer;
import samovar.task.CaptionModel;
import samovar.task.CaptionRequest;
import samovar.task.PipelineOptions;
import samovar.task.Pipelines;

/** The two Florence-2 of the project, with the reference's answers. */
final class Florence2 {
    static final String TINY = "bundled/Florence-2-tiny-shapes";
    static final String LARGE = "bundled/Florence-2-random-768";
    static final Path TEST_MODELS = Path.of("src", "test", "models").toAbsolutePath();
    static final Path GOLDENS = Path.of("..", "shared", "src", "test", "resources", "goldens");
    static final Path PICTURES = GOLDENS.resolve("florence").resolve("images");

    /** Greedy, as most goldens are. */
    static final GenerationSettings GREEDY =
            GenerationSettings.builder().maxNewTokens(100).numBeams(1).build();

    private Florence2() {}

    static Pipelines pipelines(Path... more) {
        List<Path> folders = new java.util.ArrayList<>(List.of(more));
        folders.add(Fixtures.MODELS);
        folders.add(TEST_MODELS);
        return JvmPipelines.create(
                JvmOptions.defaults().models(folders).offline(true).threads(1));
    }

    static CaptionModel load(String id, PipelineOptions options, Path... more) {
        Pipelines pipelines = pipelines(more);
        return CaptionModel.load(pipelines.ports(), pipelines.plan(id, options), options.listener());
    }

    static PipelineOptions dtype(String name) {
        return PipelineOptions.dtype(name).device("cpu");
    }

    static PipelineOptions documentedMix() {
        return PipelineOptions.dtype(Map.of(
                        "embed_tokens",
                        "fp16",
                        "vision_encoder",
                        "fp16",
                        "encoder_model",
                        "q4",
                        "decoder_model_merged",
                        "q4"))
                .device("cpu");
    }

    static CaptionAnswer ask(CaptionModel model, Path picture, String task, GenerationSettings settings) {
        return ask(model, picture, task, settings, event -> {});
    }

    static CaptionAnswer ask(
            CaptionModel model, Path picture, String task, GenerationSettings settings, GenerationListener listener) {
        return model.caption(
                new CaptionRequest(TINY, bytes(picture), task, "", settings), listener, new CancellationFlag());
    }

    static Json golden(String file) {
        return Json.parse(Fixtures.read(GOLDENS.resolve(file)), file);
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
