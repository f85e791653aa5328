package samovar.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import samovar.image.ImageSize;
import samovar.json.Json;
import samovar.json.JsonWriter;

/** Whatever a model writes, half of a token or numbers without end: something is read, and it can be written and read back. */
class Florence2AnswersPropertyTest {
    @Property(tries = 2000)
    void anyTextGivesAResultOfItsKind(@ForAll("texts") String text, @ForAll AnswerType type) {
        CaptionResult result = Florence2Answers.read(text, type, new ImageSize(640, 480));
        Json json = Json.parse(JsonWriter.write(result.toJson()), "result");
        assertThat(CaptionResult.ofJson(json)).isEqualTo(result);
    }

    /** A well-formed thing before the nonsense is found, where no line ends in between. */
    @Property(tries = 500)
    void nonsenseAfterABoxLeavesTheBox(@ForAll("texts") String text) {
        CaptionResult result = Florence2Answers.read(
                "cat<loc_1><loc_2><loc_3><loc_4>. " + text,
                AnswerType.DESCRIPTION_WITH_BBOXES,
                new ImageSize(1000, 1000));
        assertThat(((CaptionResult.Boxes) result).boxes()).startsWith(new CaptionResult.Box("cat", 1, 2, 3, 4));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> marks = Arbitraries.of(
                "<loc_0>",
                "<loc_999>",
                "<loc_",
                "<loc_>",
                "<loc_12",
                "<loc_99999999999999999999>",
                "loc_5>",
                "<",
                ">",
                "<poly>",
                "</poly>",
                "<sep>",
                "<s>",
                "</s>",
                "<pad>",
                "<od>",
                "\n",
                " ",
                "a car",
                "é",
                "😀",
                "the image",
                "<loc_1><loc_2><loc_3><loc_4>",
                "<loc_1><loc_2><loc_3><loc_4><loc_5><loc_6><loc_7><loc_8>");
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(8, marks),
                        net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(6)))
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", List.copyOf(parts)));
    }
}
