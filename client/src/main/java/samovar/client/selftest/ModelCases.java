package samovar.client.selftest;

import java.util.List;
import samovar.chat.ChatMessage;
import samovar.client.browser.BrowserPipelines;
import samovar.client.js.WorkerScope;
import samovar.generate.GenerationSettings;
import samovar.json.Json;
import samovar.task.PipelineOptions;
import samovar.task.Pipelines;
import samovar.task.TextGeneration;
import samovar.task.TextGenerationPipeline;

/** Answers of tiny-chat through {@code BrowserPipelines}, in the realm of the caller. Awaits. */
final class ModelCases {
    private ModelCases() {}

    static void run(Texts texts, String device, String[] dtypes, int limit) {
        Report report = new Report(WorkerScope::postMessage);
        List<Json> cases = texts.golden("tiny_chat_greedy.json").get("cases").elements();
        Pipelines pipelines = BrowserPipelines.create();
        for (String dtype : dtypes) {
            TextGenerationPipeline generator = pipelines.textGeneration(
                    "bundled/tiny-chat", PipelineOptions.dtype(dtype).device(device));
            for (int i = 0; i < Math.min(limit, cases.size()); i++) {
                Json golden = cases.get(i);
                TextGeneration answer = generator.generate(
                        golden.get("messages").listOf(ChatMessage::of), GenerationSettings.maxNewTokens(48));
                report.check(
                        "tiny-chat " + device + " " + dtype + " " + i,
                        golden.get("token_ids").listOf(Json::asInt)
                                + golden.get("text").asString(),
                        answer.finished().tokenIds() + answer.text());
            }
            generator.close();
        }
        report.end();
    }
}
