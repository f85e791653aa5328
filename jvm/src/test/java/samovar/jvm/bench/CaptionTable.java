package samovar.jvm.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** Prints the rows of {@link CaptionBench} as Markdown, each when it is there. Shares are in percent, with their intervals in brackets. */
final class CaptionTable {
    private final boolean allTasks;
    private final boolean drawn;

    /**
     * @param allTasks whether more was asked than the detailed caption
     * @param drawn whether it is known what the pictures show
     */
    CaptionTable(boolean allTasks, boolean drawn) {
        this.allTasks = allTasks;
        this.drawn = drawn;
        head();
    }

    /**
     * @param ratios of time, each against fp32's beside it; empty for fp32 itself
     * @param words what is drawn on each picture; not looked at where nobody knows
     */
    void row(
            String title,
            long bytes,
            List<CaptionAnswers> answers,
            List<CaptionAnswers> reference,
            List<Double> ratios,
            List<List<String>> words) {
        int count = answers.size();
        List<String> cells = new ArrayList<>();
        cells.add(title);
        cells.add(String.format(Locale.ROOT, "%.1f", bytes / 1e6));
        boolean itself = ratios.isEmpty();
        cells.add(itself ? "–" : equal(answers, reference, CaptionAnswers::detailed));
        cells.add(itself ? "–" : equalTokens(answers, reference).percent());
        if (allTasks) {
            cells.add(itself ? "–" : equal(answers, reference, CaptionAnswers::caption));
            cells.add(itself ? "–" : equal(answers, reference, CaptionAnswers::labels));
        }
        if (drawn) {
            cells.add(share(
                    count, i -> DrawnScene.namedIn(answers.get(i).detailed()).equals(words.get(i))));
        }
        cells.add(String.format(
                Locale.ROOT,
                "%.1f",
                median(answers.stream().map(CaptionAnswers::detailedMillis).toList())));
        cells.add(itself ? "1" : String.format(Locale.ROOT, "%.2f", median(ratios)));
        System.out.println(line(cells));
    }

    private static String equal(
            List<CaptionAnswers> answers, List<CaptionAnswers> reference, Function<CaptionAnswers, Object> part) {
        return share(answers.size(), i -> part.apply(answers.get(i)).equals(part.apply(reference.get(i))));
    }

    private static String share(int count, IntPredicate counts) {
        int hits = 0;
        for (int i = 0; i < count; i++) {
            hits += counts.test(i) ? 1 : 0;
        }
        return Share.of(hits, count).percent();
    }

    private static Share equalTokens(List<CaptionAnswers> answers, List<CaptionAnswers> reference) {
        int equal = 0;
        int all = 0;
        for (int i = 0; i < answers.size(); i++) {
            equal += answers.get(i).tokensEqualTo(reference.get(i));
            all += answers.get(i).tokensBeside(reference.get(i));
        }
        return Share.of(equal, all);
    }

    private void head() {
        List<String> head =
                new ArrayList<>(List.of("lowered", "MB", "`" + CaptionBench.DETAILED + "` as fp32's", "its tokens"));
        if (allTasks) {
            head.add("`" + CaptionBench.CAPTION + "` as fp32's");
            head.add("`" + CaptionBench.OBJECTS + "` labels as fp32's");
        }
        if (drawn) {
            head.add("names what is drawn");
        }
        head.addAll(List.of("ms", "time / fp32's"));
        System.out.println(line(head));
        System.out.println(line(head.stream().map(cell -> "---").toList()));
    }

    void end(List<Double> preprocessingMillis) {
        System.out.printf(
                Locale.ROOT, "%nPreprocessing apart: %.1f ms a picture (median).%n", median(preprocessingMillis));
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
