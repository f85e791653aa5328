package samovar.client.ui;

import samovar.generate.GenerationException;
import samovar.generate.GenerationSettings;

/** A sampling setting that a visitor may change: its name, what the field says, and how its text is read. */
enum SamplingField {
    TEMPERATURE("temperature", "Temperature", "0 always takes the likeliest word", 0.1) {
        @Override
        void put(GenerationSettings.Builder settings, double value) {
            settings.temperature(value);
        }

        @Override
        String text(GenerationSettings defaults) {
            if (!Boolean.TRUE.equals(defaults.doSample())) {
                return "0";
            }
            return number(defaults.temperature(), 1);
        }
    },
    TOP_P("top_p", "Top p", "Likeliest words that make up this share", 0.05) {
        @Override
        void put(GenerationSettings.Builder settings, double value) {
            settings.topP(value);
        }

        @Override
        String text(GenerationSettings defaults) {
            return number(defaults.topP(), 1);
        }
    },
    TOP_K("top_k", "Top k", "Only that many likeliest words; 0 is all", 1) {
        @Override
        void put(GenerationSettings.Builder settings, double value) {
            settings.topK(whole(value));
        }

        @Override
        String text(GenerationSettings defaults) {
            return number(defaults.topK(), 0);
        }
    },
    REPETITION_PENALTY("repetition_penalty", "Repetition penalty", "Over 1 avoids words used before", 0.05) {
        @Override
        void put(GenerationSettings.Builder settings, double value) {
            settings.repetitionPenalty(value);
        }

        @Override
        String text(GenerationSettings defaults) {
            return number(defaults.repetitionPenalty(), 1);
        }
    },
    MAX_NEW_TOKENS("max_new_tokens", "Longest answer", "In tokens, about ¾ of a word each", 1) {
        @Override
        void put(GenerationSettings.Builder settings, double value) {
            settings.maxNewTokens(whole(value));
        }

        @Override
        String text(GenerationSettings defaults) {
            return String.valueOf(defaults.maxNewTokens());
        }
    },
    SEED("seed", "Seed", "The same seed, the same answer", 1) {
        @Override
        void put(GenerationSettings.Builder settings, double value) {
            if (value != Math.floor(value) || Math.abs(value) > MAX_SEED) {
                throw new GenerationException(label(), "a whole number of up to 15 digits");
            }
            settings.seed((long) value);
        }

        @Override
        String text(GenerationSettings defaults) {
            return "new each time";
        }
    };

    private static final double MAX_SEED = 1e15;

    private final String label;
    private final String title;
    private final String hint;
    private final double step;

    SamplingField(String label, String title, String hint, double step) {
        this.label = label;
        this.title = title;
        this.hint = hint;
        this.step = step;
    }

    /** As generation_config.json calls it. */
    String label() {
        return label;
    }

    String title() {
        return title;
    }

    String hint() {
        return hint;
    }

    /** By how much an arrow key changes it. */
    String step() {
        return Figures.plain(step);
    }

    /** @throws GenerationException outside the setting's range */
    abstract void put(GenerationSettings.Builder settings, double value);

    /** Its value among these, for the empty field. */
    abstract String text(GenerationSettings defaults);

    int whole(double value) {
        if (value != Math.floor(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new GenerationException(label, "a whole number");
        }
        return (int) value;
    }

    private static String number(Number value, double neutral) {
        return Figures.plain(value == null ? neutral : value.doubleValue());
    }
}
