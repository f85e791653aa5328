package samovar.generate;

import java.util.List;

/** Range checks of settings; null, not asked, is always in range. */
final class SettingRange {
    private SettingRange() {}

    static void atLeast(String field, Integer value, int least) {
        if (value != null && value < least) {
            throw new GenerationException(field, "expected an integer of at least " + least + ", found " + value);
        }
    }

    static void within(String field, Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw new GenerationException(
                    field, "expected an integer from " + least + " to " + most + ", found " + value);
        }
    }

    static void within(String field, Double value, int least, int most) {
        // Written so that NaN fails.
        if (value != null && !(value >= least && value <= most)) {
            throw new GenerationException(
                    field, "expected a number from " + least + " to " + most + ", found " + value);
        }
    }

    static void over(String field, Double value, int lower, int most) {
        if (value != null && !(value > lower && value <= most)) {
            throw new GenerationException(
                    field, "expected a number over " + lower + ", up to " + most + ", found " + value);
        }
    }

    static List<Integer> tokens(String field, List<Integer> ids) {
        if (ids == null) {
            return null;
        }
        for (Integer id : ids) {
            if (id == null || id < 0) {
                throw new GenerationException(field, "expected token ids of at least 0, found " + id);
            }
        }
        return List.copyOf(ids);
    }
}
