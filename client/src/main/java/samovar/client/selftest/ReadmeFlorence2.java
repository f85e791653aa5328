package samovar.client.selftest;

import java.util.Map;
import samovar.client.browser.BrowserPipelines;
import samovar.generate.GenerationSettings;
import samovar.task.PipelineOptions;

/** The README's program for pictures, as it stands in a page; {@code ReadmeInTheBrowserTest} compares the two. Awaits. */
public final class ReadmeFlorence2 {
    private ReadmeFlorence2() {}

    public static void main(String[] arguments) {
        var pipelines = BrowserPipelines.create();
        var id = "onnx-community/Florence-2-base-ft";
        var dtypes = Map.of(
                "embed_tokens", "fp16", "vision_encoder", "fp16", "encoder_model", "q4", "decoder_model_merged", "q4");
        var model = pipelines.florence2(id, PipelineOptions.dtype(dtypes).device("wasm"));
        var processor = pipelines.florence2Processor(id);
        var tokenizer = pipelines.tokenizer(id);

        var image = pipelines.imageFromUrl(arguments[0]);
        var visionInputs = processor.process(image);
        var task = "<MORE_DETAILED_CAPTION>";
        var prompts = processor.constructPrompts(task);
        var textInputs = tokenizer.encode(prompts);

        var generatedIds = model.generate(textInputs, visionInputs, GenerationSettings.maxNewTokens(100));
        var generatedText = tokenizer.batchDecode(generatedIds, false).get(0);
        var result = processor.postProcessGeneration(generatedText, task, image.size());
        System.out.println(result.get(task).toJson());
    }
}
