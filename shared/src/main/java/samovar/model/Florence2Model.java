package samovar.model;

import samovar.config.ModelConfig;
import samovar.config.ModelFamily;
import samovar.generate.BeamStep;
import samovar.generate.DecoderStep;
import samovar.runtime.Session;
import samovar.runtime.TensorHandle;
import samovar.runtime.TensorInfo;
import samovar.tensor.ElementType;
import samovar.tensor.Tensor;

/**
 * Florence-2 on its four sessions. First {@link #imageFeatures} of a picture, then {@link #read} with a prompt, then tokens, one
 * sequence by {@link DecoderStep} or several by {@link BeamStep}. Element types are each session's own; where one module's
 * output has another precision than the next one's input, it is converted. Not thread-safe.
 *
 * <p>Several sequences run one after the other, each with its own handles on its keys and values: where sequences fork, they
 * begin from the same handles, and nothing is copied or moved. The encoder's keys and values are the same handles for all.
 */
public final class Florence2Model implements DecoderStep, BeamStep {
    /** The outputs that the sessions must bring to Java memory. */
    public static final String LOGITS = Florence2Names.LOGITS;

    public static final String IMAGE_FEATURES = Florence2Names.IMAGE_FEATURES;

    private final Session embedTokens;
    private final Session visionEncoder;
    private final Session encoder;
    private final MergedDecoder decoder;
    private final LogitsReader logitsReader = new LogitsReader();
    private final IntegerFeed ids;
    private final int embedsOutput;
    private final int pixelsInput;
    private final int featuresOutput;
    private final int encoderEmbedsInput;
    private final int encoderMaskInput;
    private final int hiddenOutput;
    private MergedDecoder.Past[] sequences = {};
    private float[][] rows = {};

    /**
     * @param visionEncoder must bring {@link #IMAGE_FEATURES} to Java memory
     * @param decoder must bring {@link #LOGITS} there
     * @throws samovar.runtime.RuntimeFault UNSUPPORTED_MODEL, naming an input this class cannot feed or an output it misses
     */
    public Florence2Model(
            Session embedTokens, Session visionEncoder, Session encoder, Session decoder, ModelConfig config) {
        this.embedTokens = embedTokens;
        this.visionEncoder = visionEncoder;
        this.encoder = encoder;
        String embed = ModelFamily.EMBED_TOKENS;
        String vision = ModelFamily.VISION_ENCODER;
        String text = ModelFamily.ENCODER_MODEL;
        Florence2Names.knowAll(embedTokens, embed, Florence2Names.INPUT_IDS);
        Florence2Names.knowAll(visionEncoder, vision, Florence2Names.PIXEL_VALUES);
        Florence2Names.knowAll(encoder, text, Florence2Names.INPUTS_EMBEDS, Florence2Names.ATTENTION_MASK);
        ids = new IntegerFeed(
                embedTokens.inputs().get(Florence2Names.input(embedTokens, embed, Florence2Names.INPUT_IDS)));
        embedsOutput = Florence2Names.output(embedTokens, embed, Florence2Names.INPUTS_EMBEDS);
        pixelsInput = Florence2Names.input(visionEncoder, vision, Florence2Names.PIXEL_VALUES);
        featuresOutput = Florence2Names.output(visionEncoder, vision, Florence2Names.IMAGE_FEATURES);
        encoderEmbedsInput = Florence2Names.input(encoder, text, Florence2Names.INPUTS_EMBEDS);
        encoderMaskInput = encoder.inputIndex(Florence2Names.ATTENTION_MASK);
        hiddenOutput = Florence2Names.output(encoder, text, Florence2Names.LAST_HIDDEN_STATE);
        this.decoder = new MergedDecoder(decoder, config);
    }

    /**
     * What the model sees of a picture. May await in the browser.
     *
     * @param pixelValues float32, {@code [1, 3, height, width]}, normalized
     * @return float32 or float16, {@code [1, imageTokens, width]}; may be kept, and read with several prompts
     */
    public Tensor imageFeatures(Tensor pixelValues) {
        ElementType type = visionEncoder.inputs().get(pixelsInput).type();
        TensorHandle pixels = visionEncoder.upload(FloatTensors.as(type, pixelValues));
        TensorHandle[] outputs;
        try {
            outputs = visionEncoder.run(new TensorHandle[] {pixels});
        } finally {
            pixels.close();
        }
        try {
            return visionEncoder.read(outputs[featuresOutput]);
        } finally {
            KvCache.close(outputs);
        }
    }

    /**
     * Encodes a picture together with a prompt, in this order; answers are then about these. May await in the browser.
     *
     * @param prompt the prompt's tokens with those that begin and end it
     */
    public void read(Tensor imageFeatures, int[] prompt) {
        clear();
        decoder.end();
        Tensor text = embedded(prompt);
        ElementType type = encoder.inputs().get(encoderEmbedsInput).type();
        Tensor all = FloatTensors.joined(type, imageFeatures, text);
        int positions = all.shape().dimension(1);
        TensorHandle[] inputs = new TensorHandle[encoder.inputs().size()];
        TensorHandle[] outputs;
        try {
            inputs[encoderEmbedsInput] = encoder.upload(all);
            if (encoderMaskInput >= 0) {
                inputs[encoderMaskInput] = ones(encoder, encoder.inputs().get(encoderMaskInput), positions);
            }
            outputs = encoder.run(inputs);
        } finally {
            KvCache.close(inputs);
        }
        TensorHandle hidden = outputs[hiddenOutput];
        outputs[hiddenOutput] = null;
        KvCache.close(outputs);
        TensorHandle ready = converted(encoder, hidden, decoder.hiddenType());
        TensorHandle mask = null;
        try {
            mask = decoder.maskInfo() == null ? null : ones(encoder, decoder.maskInfo(), positions);
        } catch (RuntimeException failed) {
            ready.close();
            throw failed;
        }
        decoder.begin(ready, mask);
    }

    private Tensor embedded(int[] tokens) {
        TensorHandle embeds = embed(tokens, 0, tokens.length);
        try {
            return embedTokens.read(embeds);
        } finally {
            embeds.close();
        }
    }

    private TensorHandle embed(int[] tokens, int from, int to) {
        TensorHandle input = embedTokens.upload(ids.of(tokens, from, to - from));
        TensorHandle[] outputs;
        try {
            outputs = embedTokens.run(new TensorHandle[] {input});
        } finally {
            input.close();
        }
        TensorHandle embeds = outputs[embedsOutput];
        outputs[embedsOutput] = null;
        KvCache.close(outputs);
        return embeds;
    }

    private static TensorHandle ones(Session session, TensorInfo input, int count) {
        return session.upload(new IntegerFeed(input).ones(count));
    }

    /** The handle itself where the type is right; else it is closed, and another one given. */
    private static TensorHandle converted(Session session, TensorHandle handle, ElementType wanted) {
        if (handle.type() == wanted) {
            return handle;
        }
        try {
            return session.upload(FloatTensors.as(wanted, session.read(handle)));
        } finally {
            handle.close();
        }
    }

    private MergedDecoder.Result run(int[] tokens, int from, int to, MergedDecoder.Past past) {
        TensorHandle embeds = converted(embedTokens, embed(tokens, from, to), decoder.embedsType());
        try {
            return decoder.run(embeds, to - from, past);
        } finally {
            embeds.close();
        }
    }

    @Override
    public float[] step(int[] tokens, int from, int to) {
        MergedDecoder.Result result = run(tokens, from, to, sequences.length == 0 ? null : sequences[0]);
        replace(result.past());
        return logitsReader.read(result.logits());
    }

    @Override
    public int cachedTokens() {
        return sequences.length == 0 ? 0 : sequences[0].tokens();
    }

    /** Keeps nothing but a whole cache: prompts of a decoder are one token long. */
    @Override
    public void rollBack(int length) {
        if (length < cachedTokens()) {
            clear();
        }
    }

    @Override
    public float[] begin(int[] prompt) {
        clear();
        return step(prompt, 0, prompt.length);
    }

    @Override
    public float[][] advance(int[] parents, int[] tokens) {
        MergedDecoder.Past[] next = new MergedDecoder.Past[tokens.length];
        boolean whole = false;
        try {
            if (rows.length != tokens.length) {
                rows = new float[tokens.length][];
            }
            for (int i = 0; i < tokens.length; i++) {
                MergedDecoder.Result result = run(tokens, i, i + 1, sequences[parents[i]]);
                next[i] = result.past();
                rows[i] = copy(logitsReader.read(result.logits()), rows[i]);
            }
            whole = true;
        } finally {
            if (whole) {
                replace(next);
            } else {
                close(next);
            }
        }
        return rows;
    }

    private static float[] copy(float[] row, float[] reused) {
        float[] copy = reused == null || reused.length != row.length ? new float[row.length] : reused;
        System.arraycopy(row, 0, copy, 0, row.length);
        return copy;
    }

    @Override
    public void clear() {
        replace();
    }

    private void replace(MergedDecoder.Past... next) {
        MergedDecoder.Past[] old = sequences;
        sequences = next;
        close(old);
    }

    private static void close(MergedDecoder.Past[] pasts) {
        for (MergedDecoder.Past past : pasts) {
            if (past != null) {
                past.close();
            }
        }
    }

    /** Frees caches and what was read, not the sessions. */
    @Override
    public void close() {
        logitsReader.close();
        clear();
        decoder.close();
    }
}
