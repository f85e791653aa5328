package samovar.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import samovar.chat.ChatMessage;

class ConversationTest {
    private final Conversation conversation = new Conversation();

    @Test
    void asksTheNewestQuestionAfterAllThatWasSaid() {
        conversation.ask("Hi").finish("Hello!", "1 token");
        conversation.ask("How are you?");

        assertThat(conversation.messages(""))
                .containsExactly(
                        ChatMessage.user("Hi"), ChatMessage.assistant("Hello!"), ChatMessage.user("How are you?"));
    }

    @Test
    void putsTheSystemPromptFirstWhereThereIsOne() {
        conversation.ask("Hi");

        assertThat(conversation.messages("  Be brief. "))
                .containsExactly(ChatMessage.system("Be brief."), ChatMessage.user("Hi"));
        assertThat(conversation.messages(" ")).containsExactly(ChatMessage.user("Hi"));
    }

    @Test
    void leavesOutEarlierQuestionsThatWereNeverAnswered() {
        conversation.ask("Lost").breakOff();
        conversation.ask("Hi");

        assertThat(conversation.messages("")).containsExactly(ChatMessage.user("Hi"));
    }

    @Test
    void keepsWhatABrokenAnswerHadSaidForTheNextQuestion() {
        Exchange broken = conversation.ask("Count.");
        broken.append("1, 2");
        broken.breakOff();
        conversation.ask("Go on.");

        assertThat(conversation.messages(""))
                .containsExactly(ChatMessage.user("Count."), ChatMessage.assistant("1, 2"), ChatMessage.user("Go on."));
    }

    @Test
    void asksAQuestionAnewWithoutItsOldAnswer() {
        Exchange exchange = conversation.ask("Count.");
        exchange.finish("1, 2", "2 tokens");
        exchange.restart();

        assertThat(exchange.state()).isEqualTo(Exchange.State.WRITING);
        assertThat(exchange.answer()).isEmpty();
        assertThat(exchange.figures()).isEmpty();
        assertThat(conversation.messages("")).containsExactly(ChatMessage.user("Count."));
    }
}
