package samovar.client.selftest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samovar.config.PreprocessorConfig;
import samovar.image.ImageSize;
import samovar.json.Json;
import samovar.json.JsonWriter;
import samovar.platform.Normalizer;
import samovar.task.CaptionResult;
import samovar.task.Florence2Processor;
import samovar.task.TaskException;
import samovar.tokenizer.Tokenizer;

/** Prompts of Florence-2's tasks, what its answers mean, and its tokenizer, as the reference has them. */
final class Florence2Cases {
    private static final String MODEL = "models/bundled/Florence-2-tiny-shapes/";

    private Florence2Cases() {}

    static void run(Texts texts, Normalizer normalizer, Report report) {
        Florence2Processor processor =
                new Florence2Processor(PreprocessorConfig.of(texts.json(MODEL + "preprocessor_config.json")));
        prompts(processor, texts, report);
        answers(processor, texts, report);
        Tokenizer tokenizer = Tokenizer.of(
                texts.json(MODEL + "tokenizer.json"), texts.json(MODEL + "tokenizer_config.json"), normalizer);
        tokens(tokenizer, texts, report);
    }

    private static void prompts(Florence2Processor processor, Texts texts, Report report) {
        List<Json> cases =
                texts.golden("florence/construct_prompts.json").get("cases").elements();
        for (int i = 0; i < cases.size(); i++) {
            Json example = cases.get(i);
            if (!example.get("input").isString()) {
                continue;
            }
            String expected = example.get("error").isPresent()
                    ? "refused"
                    : example.get("prompts").listOf(Json::asString).toString();
            report.check(
                    "florence prompt " + i,
                    expected,
                    prompt(processor, example.get("input").asString()));
        }
    }

    private static String prompt(Florence2Processor processor, String text) {
        try {
            return processor.constructPrompts(text).toString();
        } catch (TaskException refusal) {
            return "refused";
        }
    }

    private static void answers(Florence2Processor processor, Texts texts, Report report) {
        List<Json> cases = texts.golden("florence/post_process_generation.json")
                .get("cases")
                .elements();
        for (int i = 0; i < cases.size(); i++) {
            Json example = cases.get(i);
            Json size = example.get("image_size_width_height");
            Map<String, CaptionResult> results = processor.postProcessGeneration(
                    example.get("text").asString(),
                    example.get("task").asString(),
                    new ImageSize(size.get(0).asInt(), size.get(1).asInt()));
            Map<String, Object> json = new LinkedHashMap<>();
            for (Map.Entry<String, CaptionResult> result : results.entrySet()) {
                json.put(result.getKey(), result.getValue().toJson());
            }
            report.check(
                    "florence answer " + i + " " + example.get("task").asString(),
                    JsonWriter.write(example.get("result")),
                    JsonWriter.write(json));
        }
    }

    private static void tokens(Tokenizer tokenizer, Texts texts, Report report) {
        List<Json> cases = texts.golden("florence/tokenizer.json").get("encode").elements();
        for (int i = 0; i < cases.size(); i++) {
            Json example = cases.get(i);
            int[] ids = tokenizer.encode(example.get("text").asString(), true);
            StringBuilder shown = new StringBuilder();
            for (int id : ids) {
                shown.append(shown.length() == 0 ? "[" : ", ").append(id);
            }
            report.check(
                    "florence tokens " + i,
                    example.get("ids").listOf(Json::asInt).toString(),
                    shown.append(']').toString());
            report.check("florence decoded " + i, example.get("decoded").asString(), tokenizer.decode(ids, false));
        }
    }
}
