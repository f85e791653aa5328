package samovar.client.selftest;

import java.util.List;
import samovar.chat.ChatMessage;
import samovar.client.browser.BrowserPipelines;
import samovar.generate.GenerationSettings;
import samovar.task.PipelineOptions;

/** The README's program for text, as it stands in a page; {@code ReadmeInTheBrowserTest} compares the two. Awaits. */
public final class ReadmeTextGeneration {
    private ReadmeTextGeneration() {}

    public static void main(String[] arguments) {
        var generator = BrowserPipelines.create()
                .textGeneration(
                        "onnx-community/Qwen2.5-0.5B-Instruct",
                        PipelineOptions.dtype("q4").device("wasm"));
        var messages = List.of(
                ChatMessage.system("You are a helpful assistant."), ChatMessage.user("What is the capital of Japan?"));
        var output = generator.generate(messages, GenerationSettings.maxNewTokens(128));
        System.out.println(output.last().content());
    }
}
