package samovar.client.ui;

import java.util.List;

/**
 * Questions to start with, and plain words on what a model is good for.
 *
 * @param brief a few words for a menu
 * @param line a sentence or two for the empty page
 */
record Starters(String brief, String line, List<String> questions) {
    /** The name of the embedded model that is small enough to start anywhere. */
    static final String TINY = "tiny-chat";

    /** The embedded model that knows pictures of coloured shapes. */
    static final String SHAPES = "Florence-2-tiny-shapes";

    /** Whether a model is embedded and small enough for any browser. */
    static boolean startsAnywhere(ModelCard card) {
        return card.name().equals(TINY) || card.name().equals(SHAPES);
    }

    static Starters of(ModelCard card) {
        String name = card.name();
        if (name.equals(SHAPES)) {
            return new Starters(
                    "Comes with Samovar and starts anywhere; knows drawings of coloured shapes.",
                    "Florence-2-tiny-shapes is a toy of 2.8 million parameters that comes with Samovar. It has only ever seen drawings"
                            + " of one to three coloured shapes on a plain ground: take one of these, and expect nonsense of a photograph.",
                    List.of());
        }
        if (name.startsWith("Florence-2-")) {
            return new Starters(
                    "Describes photographs, finds objects, reads text.",
                    name + " describes photographs, finds objects and reads text.",
                    List.of());
        }
        if (name.equals(TINY)) {
            return new Starters(
                    "A toy that starts anywhere: sums, capitals, colours, counting, a joke.",
                    "tiny-chat is a toy of 0.9 million parameters. It knows sums of small numbers, capitals, colours, counting,"
                            + " animals and one joke, and nothing else.",
                    List.of("What is 3 plus 4?", "What is the capital of Japan?", "Tell me a joke."));
        }
        if (name.startsWith("SmolLM2-135M")) {
            return new Starters(
                    "Very small and quick; writes fluent English, knows little.",
                    "SmolLM2 is a very small model: quick, friendly, and often wrong. It is better with words than with facts.",
                    List.of(
                            "Explain to a child why the sky is blue.",
                            "Write a short poem about a cup of tea.",
                            "Give me three ideas for a rainy Sunday."));
        }
        return new Starters(
                card.summary(),
                card.name() + (card.summary().isEmpty() ? "" : ": " + card.summary()),
                List.of(
                        "What can you help me with?",
                        "Explain in three sentences how a kettle works.",
                        "Write a haiku about the sea."));
    }
}
