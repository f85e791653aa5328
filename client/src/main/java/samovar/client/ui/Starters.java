package samovar.client.ui;

import java.util.List;

/** Questions to start with, and one plain line on what a model is good for. */
record Starters(String line, List<String> questions) {
    /** The name of the embedded model that is small enough to start anywhere. */
    static final String TINY = "tiny-chat";

    static Starters of(ModelCard card) {
        String name = card.name();
        if (name.equals(TINY)) {
            return new Starters(
                    "tiny-chat is a toy of 0.9 million parameters. It knows sums of small numbers, capitals, colours, counting,"
                            + " animals and one joke, and nothing else.",
                    List.of("What is 3 plus 4?", "What is the capital of Japan?", "Tell me a joke."));
        }
        if (name.startsWith("SmolLM2-135M")) {
            return new Starters(
                    "SmolLM2 is a very small model: quick, friendly, and often wrong. It is better with words than with facts.",
                    List.of(
                            "Explain to a child why the sky is blue.",
                            "Write a short poem about a cup of tea.",
                            "Give me three ideas for a rainy Sunday."));
        }
        String line = card.summary().isEmpty() ? card.name() + " is ready when you are." : card.summary();
        return new Starters(
                line,
                List.of(
                        "What can you help me with?",
                        "Explain in three sentences how a kettle works.",
                        "Write a haiku about the sea."));
    }
}
