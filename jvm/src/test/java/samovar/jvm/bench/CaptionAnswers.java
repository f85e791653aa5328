package samovar.jvm.bench;

import java.util.List;

/**
 * What a model said of one picture.
 *
 * @param detailedIds tokens of the detailed caption
 * @param detailed its text, without special tokens
 * @param caption the short caption; empty where nobody asked
 * @param labels what the object detection found, in its order; empty where nobody asked
 * @param detailedMillis processor time from the picture's numbers to the detailed caption's last token
 */
record CaptionAnswers(
        List<Integer> detailedIds, String detailed, String caption, List<String> labels, double detailedMillis) {
    /** How many tokens of the detailed caption are the other's at the same place. */
    int tokensEqualTo(CaptionAnswers other) {
        int equal = 0;
        for (int i = 0; i < Math.min(detailedIds.size(), other.detailedIds.size()); i++) {
            equal += detailedIds.get(i).equals(other.detailedIds.get(i)) ? 1 : 0;
        }
        return equal;
    }

    /** How many tokens the longer of both detailed captions has. */
    int tokensBeside(CaptionAnswers other) {
        return Math.max(detailedIds.size(), other.detailedIds.size());
    }
}
