package samovar.model;

import java.util.List;
import samovar.config.ModelConfig;
import samovar.generate.DecoderStep;
import samovar.runtime.RuntimeFault;
import samovar.runtime.Session;
import samovar.runtime.TensorHandle;
import samovar.runtime.TensorInfo;
import samovar.tensor.ElementType;
import samovar.tensor.Tensor;

/**
 * A decoder-only language model on one session, as optimum and onnxruntime-genai export it. Which inputs exist, their
 * types and the cache's shape come from the session. One sequence; not thread-safe.
 *
 * <p>Inputs: {@code input_ids [1, tokens]}, {@code attention_mask [1, cached + tokens]}, and where the graph has them
 * {@code position_ids [1, tokens]}, {@code past_key_values.*}, {@code use_cache_branch [1]}, {@code num_logits_to_keep}.
 */
public final class CausalLanguageModel implements DecoderStep {
    /** The output that a session must bring to Java memory. */
    public static final String LOGITS = "logits";

    private static final String INPUT_IDS = "input_ids";
    private static final String ATTENTION_MASK = "attention_mask";
    private static final String POSITION_IDS = "position_ids";
    private static final String USE_CACHE_BRANCH = "use_cache_branch";
    private static final String NUM_LOGITS_TO_KEEP = "num_logits_to_keep";
    private static final int MAX_CHUNK_TOKENS = 512;
    private static final int MIN_CHUNK_TOKENS = 32;
    private static final int MAX_LOGITS_BYTES = 64 << 20;

    private final Session session;
    private final KvCache cache;
    private final LogitsReader logitsReader = new LogitsReader();
    private final TensorHandle[] inputs;
    private final int idsInput;
    private final int maskInput;
    private final int positionsInput;
    private final int branchInput;
    private final int keepInput;
    private final int logitsOutput;
    private final TensorHandle keepLast;
    private final TensorHandle withoutCache;
    private final TensorHandle withCache;
    private final int chunkTokens;
    private final IntegerFeed ids;
    private final IntegerFeed mask;
    private final IntegerFeed positions;
    private int cached;

    /**
     * @param session stays the caller's, and must bring {@link #LOGITS} to Java memory
     * @throws RuntimeFault UNSUPPORTED_MODEL, naming an input this class cannot feed or an output it misses
     */
    public CausalLanguageModel(Session session, ModelConfig config) {
        this.session = session;
        idsInput = session.inputIndex(INPUT_IDS);
        maskInput = session.inputIndex(ATTENTION_MASK);
        positionsInput = session.inputIndex(POSITION_IDS);
        branchInput = session.inputIndex(USE_CACHE_BRANCH);
        keepInput = session.inputIndex(NUM_LOGITS_TO_KEEP);
        logitsOutput = session.outputIndex(LOGITS);
        checkNames();
        inputs = new TensorHandle[session.inputs().size()];
        ids = feed(idsInput);
        mask = feed(maskInput);
        positions = feed(positionsInput);
        TensorHandle[] constants = new TensorHandle[3];
        try {
            constants[0] =
                    keepInput < 0 ? null : session.upload(one(session.inputs().get(keepInput)));
            constants[1] = branchInput < 0 ? null : session.upload(flag(false));
            constants[2] = branchInput < 0 ? null : session.upload(flag(true));
            cache = new KvCache(session, config);
        } catch (RuntimeException failed) {
            KvCache.close(constants);
            throw failed;
        }
        keepLast = constants[0];
        withoutCache = constants[1];
        withCache = constants[2];
        chunkTokens = keepInput >= 0 ? MAX_CHUNK_TOKENS : chunkFor(config.vocabSize());
    }

    private void checkNames() {
        if (idsInput < 0 || logitsOutput < 0) {
            throw KvCache.unsupported("needs the input " + INPUT_IDS + " and the output " + LOGITS);
        }
        boolean hasPast = false;
        for (TensorInfo input : session.inputs()) {
            boolean known = List.of(INPUT_IDS, ATTENTION_MASK, POSITION_IDS, USE_CACHE_BRANCH, NUM_LOGITS_TO_KEEP)
                    .contains(input.name());
            boolean past = input.name().startsWith(KvCache.PAST);
            hasPast |= past;
            if (!known && !past) {
                throw KvCache.unsupported("wants the input " + input.name() + "; known are " + INPUT_IDS + ", "
                        + ATTENTION_MASK + ", " + POSITION_IDS + ", " + USE_CACHE_BRANCH + ", " + NUM_LOGITS_TO_KEEP
                        + " and " + KvCache.PAST + "*");
            }
        }
        if (!hasPast) {
            throw KvCache.unsupported("has no inputs " + KvCache.PAST + "*; one exported with its KV cache is needed");
        }
    }

    private IntegerFeed feed(int input) {
        return input < 0 ? null : new IntegerFeed(session.inputs().get(input));
    }

    private static Tensor one(TensorInfo info) {
        int[] shape = info.shape().rank() == 0 ? new int[0] : new int[] {1};
        return info.type() == ElementType.INT32
                ? Tensor.ofInts(new int[] {1}, shape)
                : Tensor.ofLongs(new long[] {1}, shape);
    }

    private static Tensor flag(boolean value) {
        return Tensor.ofBytes(ElementType.BOOL, new byte[] {(byte) (value ? 1 : 0)}, 1);
    }

    private static int chunkFor(int vocabulary) {
        int fitting = MAX_LOGITS_BYTES / (Float.BYTES * Math.max(vocabulary, 1));
        return Math.max(MIN_CHUNK_TOKENS, Math.min(MAX_CHUNK_TOKENS, fitting));
    }

    /** How many prompt tokens to run at once: as many as keep their logits, which most graphs compute for each, in bounds. */
    public int chunkTokens() {
        return chunkTokens;
    }

    @Override
    public float[] step(int[] tokens, int from, int to) {
        int count = to - from;
        TensorHandle[] outputs;
        try {
            fill(tokens, from, count);
            outputs = session.run(inputs);
        } finally {
            closeFilled();
        }
        cache.take(outputs);
        cached += count;
        float[] logits = logitsReader.read(outputs[logitsOutput]);
        outputs[logitsOutput] = null;
        for (TensorHandle unused : outputs) {
            if (unused != null) {
                unused.close();
            }
        }
        return logits;
    }

    private void fill(int[] tokens, int from, int count) {
        inputs[idsInput] = session.upload(ids.of(tokens, from, count));
        if (maskInput >= 0) {
            inputs[maskInput] = session.upload(mask.ones(cached + count));
        }
        if (positionsInput >= 0) {
            inputs[positionsInput] = session.upload(positions.range(cached, count));
        }
        if (keepInput >= 0) {
            inputs[keepInput] = keepLast;
        }
        if (branchInput >= 0) {
            inputs[branchInput] = cached == 0 ? withoutCache : withCache;
        }
        cache.feed(inputs);
    }

    private void closeFilled() {
        close(idsInput);
        close(maskInput);
        close(positionsInput);
    }

    private void close(int input) {
        if (input >= 0 && inputs[input] != null) {
            inputs[input].close();
            inputs[input] = null;
        }
    }

    @Override
    public int cachedTokens() {
        return cached;
    }

    @Override
    public void rollBack(int length) {
        if (length >= cached) {
            return;
        }
        if (length <= 0) {
            cache.clear();
            cached = 0;
        } else {
            cache.cut(length);
            cached = length;
        }
    }

    @Override
    public void close() {
        logitsReader.close();
        cache.close();
        cached = 0;
        KvCache.close(keepLast, withoutCache, withCache);
    }
}
