package samovar.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import samovar.chat.ChatMessage;
import samovar.dtype.DtypePlan;
import samovar.generate.FinishReason;
import samovar.generate.Fixtures;
import samovar.generate.GenerationEvent;
import samovar.generate.GenerationException;
import samovar.generate.GenerationSettings;
import samovar.json.Json;
import samovar.platform.CancellationFlag;
import samovar.runtime.LoadListener;
import samovar.runtime.RuntimeFault;

class ChatModelTest {
    private static final GenerationSettings GREEDY = GenerationSettings.builder()
            .maxNewTokens(48)
            .doSample(false)
            .repetitionPenalty(1.0)
            .build();

    private final ToyPlatform toy = new ToyPlatform();
    private ChatModel model;

    @BeforeEach
    void load() {
        model = ChatModel.load(
                toy.ports(), toy.pipelines().plan(ToyPlatform.ID, PipelineOptions.dtype("q4")), LoadListener.NONE);
    }

    @Test
    void promptsAreTheReferencesAndAnswersComeBackAsText() {
        for (Json example :
                Fixtures.golden("tiny_chat_greedy.json").get("cases").elements()) {
            List<ChatMessage> messages = example.get("messages").listOf(ChatMessage::of);
            GenerationEvent.Finished finished = chat(messages, GREEDY);
            assertThat(finished.tokenIds()).isEqualTo(example.get("token_ids").listOf(Json::asInt));
            assertThat(finished.text()).isEqualTo(example.get("text").asString());
            assertThat(finished.reason().label())
                    .isEqualTo(example.get("finish_reason").asString());
            assertThat(finished.usage().promptTokens())
                    .isEqualTo(example.get("prompt_ids").size());
            assertThat(model.countPromptTokens(messages))
                    .isEqualTo(example.get("prompt_ids").size());
        }
    }

    @Test
    void aModelWhoseFirstRunFailsLeavesNothingOpen() {
        ToyPlatform broken = new ToyPlatform();
        broken.like.next = tokens -> {
            throw new RuntimeFault(RuntimeFault.Kind.FAILED_RUN, "the toy's first run failed");
        };
        DtypePlan plan = broken.pipelines().plan(ToyPlatform.ID, PipelineOptions.dtype("q4"));
        assertThatThrownBy(() -> ChatModel.load(broken.ports(), plan, LoadListener.NONE))
                .hasMessageContaining("first run");
        assertThat(broken.session.openHandles()).isZero();
        assertThat(broken.session.isClosed()).isTrue();
        assertThat(broken.runtimeClosed).isTrue();
    }

    @Test
    void theSecondTurnReadsOnlyWhatIsNew() {
        List<ChatMessage> first = List.of(ChatMessage.user("What is 3 plus 4?"));
        GenerationEvent.Finished answer = chat(first, GREEDY);
        List<ChatMessage> second = new ArrayList<>(first);
        second.add(ChatMessage.assistant(answer.text()));
        second.add(ChatMessage.user("Hello"));
        chat(second, GREEDY);
        // All of the first prompt and its answer but the eos, which was chosen and never run.
        assertThat(model.reusedTokens()).isEqualTo(27 + answer.tokenIds().size() - 1);
    }

    @Test
    void aPromptLongerThanTheModelIsRefusedWithBothNumbers() {
        assertThat(model.contextTokens()).isEqualTo(1024);
        List<ChatMessage> messages = List.of(ChatMessage.user("the ".repeat(1100)));
        int tokens = model.countPromptTokens(messages);
        assertThatThrownBy(() -> chat(messages, GREEDY)).isInstanceOfSatisfying(TaskException.class, e -> {
            assertThat(e.kind()).isEqualTo(TaskException.Kind.PROMPT_TOO_LONG);
            assertThat(e.problem()).contains(String.valueOf(tokens)).contains("1024");
            assertThat(e.nextStep()).isEqualTo("Shorten the messages, or start a new conversation.");
        });
    }

    @Test
    void beamsAreRefusedWithWhatIsAllowed() {
        GenerationSettings beams = GenerationSettings.builder().numBeams(4).build();
        assertThatThrownBy(() -> chat(List.of(ChatMessage.user("Hello")), beams))
                .isInstanceOfSatisfying(
                        TaskException.class, e -> assertThat(e.kind()).isEqualTo(TaskException.Kind.INVALID_REQUEST))
                .hasMessage("num_beams: 4 was asked, and chat allows 1. Leave num_beams out; for variety ask for a"
                        + " temperature.");
    }

    @Test
    void tokenIdsOutsideTheVocabularyAreRefused() {
        GenerationSettings bias =
                GenerationSettings.builder().logitBias(Map.of(583, 1.0)).build();
        assertThatThrownBy(() -> chat(List.of(ChatMessage.user("Hello")), bias))
                .isInstanceOf(GenerationException.class)
                .hasMessage("logit_bias: expected token ids from 0 to 582 for " + ToyPlatform.ID + ", found 583");
    }

    @Test
    void anEmptyConversationIsRefused() {
        assertThatThrownBy(() -> new ChatRequest(ToyPlatform.ID, List.of(), GREEDY))
                .isInstanceOf(TaskException.class)
                .hasMessageContaining("messages: the conversation is empty");
    }

    @Test
    void aTemplateThatRefusesTheMessagesSaysWhy() {
        toy.files.put("chat_template.jinja", "{{ raise_exception('only the user may speak') }}");
        load();
        assertThatThrownBy(() -> chat(List.of(ChatMessage.user("Hello")), GREEDY))
                .isInstanceOfSatisfying(
                        TaskException.class, e -> assertThat(e.kind()).isEqualTo(TaskException.Kind.CHAT_TEMPLATE))
                .hasMessageContaining("only the user may speak");
    }

    @Test
    void toolsAndExtrasReachTheTemplate() {
        toy.files.put("chat_template.jinja", "{{ tools[0].name }}{{ mood }}");
        load();
        ChatRequest request = new ChatRequest(
                ToyPlatform.ID,
                List.of(ChatMessage.user("x")),
                GREEDY,
                List.of(Map.of("name", "the")),
                Map.of("mood", " capital"));
        assertThat(model.chat(request, event -> {}, new CancellationFlag())
                        .usage()
                        .promptTokens())
                .isEqualTo(2);
    }

    @Test
    void aTurnInsideATurnIsRefusedAndTheFirstGoesOn() {
        List<TaskException> refusals = new ArrayList<>();
        ChatRequest request = new ChatRequest(ToyPlatform.ID, List.of(ChatMessage.user("What is 3 plus 4?")), GREEDY);
        GenerationEvent.Finished finished = model.chat(
                request,
                event -> {
                    try {
                        model.chat(request, inner -> {}, new CancellationFlag());
                    } catch (TaskException e) {
                        refusals.add(e);
                    }
                },
                new CancellationFlag());
        assertThat(finished.text()).isEqualTo("3 plus 4 is 7.");
        assertThat(refusals).isNotEmpty().allMatch(e -> e.kind() == TaskException.Kind.BUSY);
    }

    @Test
    void aFailureOfTheRuntimeIsOneOfTheTaskAndTheNextTurnWorks() {
        toy.session.failNextRun();
        List<ChatMessage> messages = List.of(ChatMessage.user("What is 3 plus 4?"));
        assertThatThrownBy(() -> chat(messages, GREEDY))
                .isInstanceOfSatisfying(
                        TaskException.class, e -> assertThat(e.kind()).isEqualTo(TaskException.Kind.RUN))
                .hasMessageContaining("the toy was told to fail")
                .hasMessageContaining("on cpu");
        assertThat(chat(messages, GREEDY).text()).isEqualTo("3 plus 4 is 7.");
    }

    @Test
    void aStopEndsTheTurnAndTheNextOneWorks() {
        CancellationFlag flag = new CancellationFlag();
        ChatRequest request = new ChatRequest(ToyPlatform.ID, List.of(ChatMessage.user("What is 3 plus 4?")), GREEDY);
        GenerationEvent.Finished finished = model.chat(request, event -> flag.raise(), flag);
        assertThat(finished.reason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(finished.text()).isEqualTo("3");
        assertThat(model.chat(request, event -> {}, new CancellationFlag()).text())
                .isEqualTo("3 plus 4 is 7.");
    }

    @Test
    void closingFreesEverythingOnce() {
        chat(List.of(ChatMessage.user("Hello")), GREEDY);
        model.close();
        model.close();
        assertThat(toy.session.openHandles()).isZero();
        assertThat(toy.session.isClosed()).isTrue();
        assertThat(toy.runtimeClosed).isTrue();
        assertThatThrownBy(() -> chat(List.of(ChatMessage.user("Hello")), GREEDY))
                .isInstanceOfSatisfying(
                        TaskException.class, e -> assertThat(e.kind()).isEqualTo(TaskException.Kind.CLOSED));
    }

    @Test
    void everyKindFindsItsWayBackFromItsLabel() {
        for (TaskException.Kind kind : TaskException.Kind.values()) {
            assertThat(TaskException.Kind.ofLabel(kind.label())).isEqualTo(kind);
        }
        assertThat(TaskException.Kind.ofLabel("from the future")).isEqualTo(TaskException.Kind.RUN);
    }

    private GenerationEvent.Finished chat(List<ChatMessage> messages, GenerationSettings settings) {
        return model.chat(new ChatRequest(ToyPlatform.ID, messages, settings), event -> {}, new CancellationFlag());
    }
}
