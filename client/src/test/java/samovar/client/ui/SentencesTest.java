package samovar.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {
    @Test
    void keepsWordsBackUntilTheirSentenceIsFinished() {
        assertThat(told("The sky", " is blue", ". It", " scatters light. Ye", "s!"))
                .containsExactly("The sky is blue.", "It scatters light.", "Yes!");
    }

    @Test
    void doesNotCutNumbersAndAbbreviationsInside() {
        assertThat(told("Pi is 3.14", "159 about", ". Done.")).containsExactly("Pi is 3.14159 about.", "Done.");
    }

    @Test
    void tellsALineAsSoonAsItEnds() {
        assertThat(told("1. Red\n2. Bl", "ue\n")).containsExactly("1. Red", "2. Blue");
    }

    @Test
    void tellsASentenceOfAnotherScript() {
        assertThat(told("你好。我", "是")).containsExactly("你好。", "我是");
    }

    private static List<String> told(String... pieces) {
        Sentences sentences = new Sentences();
        List<String> told = new ArrayList<>();
        for (String piece : pieces) {
            told.add(sentences.add(piece));
        }
        told.add(sentences.end());
        told.removeIf(String::isEmpty);
        return told;
    }
}
