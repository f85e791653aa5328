package samovar.client.selftest;

import java.util.function.Consumer;
import samovar.platform.Normalizer;

/** All cases that need no model runtime, in one order. May await, where its texts do. */
public final class SelfTest {
    private final Texts texts;
    private final Normalizer normalizer;
    private final Report report;

    public SelfTest(Texts texts, Normalizer normalizer, Consumer<String> out) {
        this.texts = texts;
        this.normalizer = normalizer;
        this.report = new Report(out);
    }

    public void run() {
        JsonCases.run(report);
        HalfCases.run(report);
        DtypeCases.run(texts, report);
        ImageCases.run(texts, report);
        TokenizerCases.run(texts, normalizer, report);
        LogitsCases.run(texts, report);
        TemplateCases.run(texts, report);
        Florence2Cases.run(texts, normalizer, report);
        report.end();
    }
}
