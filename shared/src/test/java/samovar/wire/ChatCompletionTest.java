package samovar.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import samovar.generate.FinishReason;
import samovar.generate.Timings;
import samovar.generate.Usage;
import samovar.json.Json;

class ChatCompletionTest {
    private static final Usage USAGE = new Usage(27, 9);
    private static final Timings TIMINGS = new Timings(12.5, 40.25, 130);
    private static final ChatCompletionChunk.Head HEAD =
            new ChatCompletionChunk.Head("chatcmpl-1", 1_790_000_000L, "tiny-chat");

    @Test
    void readsBackAWholeAnswer() {
        ChatCompletion completion = new ChatCompletion(
                "chatcmpl-1",
                1_790_000_000L,
                "tiny-chat",
                "3 plus 4 is 7.",
                List.of(18, 314),
                FinishReason.STOP,
                USAGE,
                TIMINGS);
        assertThat(ChatCompletion.ofJson(Json.parse(completion.toJson(), "answer")))
                .isEqualTo(completion);
    }

    @Test
    void writesAnAnswerAsOpenAiDoes() {
        ChatCompletion completion =
                new ChatCompletion("chatcmpl-1", 5, "m", "Hi", List.of(), FinishReason.LENGTH, USAGE, null);
        assertThat(completion.toJson())
                .isEqualTo(
                        "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":5,\"model\":\"m\",\"choices\":[{"
                                + "\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\",\"refusal\":null},\"logprobs\":null,"
                                + "\"finish_reason\":\"length\"}],\"usage\":{\"prompt_tokens\":27,\"completion_tokens\":9,\"total_tokens\":36}}");
    }

    @Test
    void readsBackEveryKindOfChunk() {
        for (ChatCompletionChunk chunk : List.of(
                ChatCompletionChunk.role(HEAD),
                ChatCompletionChunk.text(HEAD, "3 plus", List.of(18, 314)),
                ChatCompletionChunk.finish(HEAD, FinishReason.STOP, List.of(582), TIMINGS),
                ChatCompletionChunk.usage(HEAD, USAGE))) {
            assertThat(ChatCompletionChunk.ofJson(Json.parse(chunk.toJson(), "chunk")))
                    .isEqualTo(chunk);
        }
    }

    @Test
    void writesTheUsageChunkWithoutAChoice() {
        assertThat(ChatCompletionChunk.usage(HEAD, USAGE).toJson())
                .contains("\"choices\":[],\"usage\":{\"prompt_tokens\":27");
    }

    @Test
    void writesTheFinishChunkWithAnEmptyDelta() {
        assertThat(ChatCompletionChunk.finish(HEAD, FinishReason.STOP, List.of(), null)
                        .toJson())
                .contains("\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}");
    }

    @Test
    void throwsTheErrorThatAStreamBringsInPlaceOfAChunk() {
        String error = new ErrorBody("the run failed", ErrorBody.SERVER, null, null).toJson();
        assertThatThrownBy(() -> ChatCompletionChunk.ofJson(Json.parse(error, "chunk")))
                .isInstanceOf(WireException.class)
                .hasMessage("the run failed");
    }
}
