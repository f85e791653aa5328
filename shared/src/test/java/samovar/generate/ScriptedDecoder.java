package samovar.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** A decoder whose logits after n tokens are given by a script; it notes what was asked of it. */
final class ScriptedDecoder implements DecoderStep {
    final List<String> calls = new ArrayList<>();
    private final IntFunction<float[]> logitsAfter;
    private boolean cuts = true;
    private int cached;

    ScriptedDecoder(IntFunction<float[]> logitsAfter) {
        this.logitsAfter = logitsAfter;
    }

    /** The likeliest token after {@code promptTokens + i} tokens is {@code answer[i]}, the last one from there on. */
    static ScriptedDecoder answering(int vocabulary, int promptTokens, int... answer) {
        return new ScriptedDecoder(tokens -> {
            float[] logits = new float[vocabulary];
            int at = Math.max(0, Math.min(tokens - promptTokens, answer.length - 1));
            logits[answer[at]] = 5;
            return logits;
        });
    }

    ScriptedDecoder withoutCutting() {
        cuts = false;
        return this;
    }

    @Override
    public float[] step(int[] tokens, int from, int to) {
        calls.add("step " + from + "-" + to + " at " + cached);
        float[] logits = logitsAfter.apply(cached + to - from);
        cached += to - from;
        return logits;
    }

    @Override
    public int cachedTokens() {
        return cached;
    }

    @Override
    public void rollBack(int length) {
        calls.add("rollBack " + length);
        cached = cuts ? Math.min(length, cached) : 0;
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
