package samovar.model;

import java.util.ArrayList;
import java.util.List;
import samovar.config.ModelConfig;
import samovar.config.ModelFamily;
import samovar.runtime.Session;
import samovar.runtime.TensorHandle;
import samovar.runtime.TensorInfo;
import samovar.tensor.ElementType;
import samovar.tensor.Tensor;

/**
 * A decoder with cross-attention whose two graphs, without and with a KV cache, are merged into one. The keys and values of
 * the encoder's positions come out of the first run over an encoded input and are kept: later runs, of any sequence, are
 * given them, and what those answer in their place (a dummy in most exports) is dropped. Owns what it is given by {@link
 * #begin}. Not thread-safe.
 */
final class MergedDecoder {
    private static final String MODULE = ModelFamily.DECODER_MODEL_MERGED;

    private final Session session;
    private final TensorHandle[] inputs;
    private final int embedsInput;
    private final int hiddenInput;
    private final int maskInput;
    private final int branchInput;
    private final int logitsOutput;
    private final Entries own;
    private final Entries encoders;
    private final TensorHandle withoutCache;
    private final TensorHandle withCache;
    private TensorHandle[] encoderKv;
    private TensorHandle hidden;
    private TensorHandle mask;

    /** The keys and values of one sequence's own tokens, where the model runs. Whoever was given it closes it. */
    static final class Past {
        private final TensorHandle[] entries;
        private final int tokens;

        private Past(TensorHandle[] entries, int tokens) {
            this.entries = entries;
            this.tokens = tokens;
        }

        int tokens() {
            return tokens;
        }

        void close() {
            KvCache.close(entries);
        }
    }

    /** What one run gives: logits of the new tokens in Java's reach, and the longer past. Both are the caller's to close. */
    record Result(TensorHandle logits, Past past) {}

    /** Which inputs and outputs are keys and values of one kind, and what stands for none of them. */
    private static final class Entries {
        final int[] inputs;
        final int[] outputs;
        final TensorHandle[] empty;

        Entries(Session session, ModelConfig config, String kind) {
            List<Integer> found = new ArrayList<>();
            for (int i = 0; i < session.inputs().size(); i++) {
                String name = session.inputs().get(i).name();
                if (name.startsWith(KvCache.PAST) && name.contains(kind)) {
                    found.add(i);
                }
            }
            inputs = new int[found.size()];
            outputs = new int[found.size()];
            empty = new TensorHandle[found.size()];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = found.get(i);
                TensorInfo past = session.inputs().get(inputs[i]);
                outputs[i] = KvCache.presentOf(session, past);
                empty[i] = session.upload(Tensor.zeros(past.type(), KvCache.emptyShape(past, config)));
            }
        }
    }

    /** @param session stays the caller's, and must bring the logits to Java memory */
    MergedDecoder(Session session, ModelConfig config) {
        this.session = session;
        Florence2Names.knowAll(
                session,
                MODULE,
                Florence2Names.INPUTS_EMBEDS,
                Florence2Names.ENCODER_HIDDEN_STATES,
                Florence2Names.ENCODER_ATTENTION_MASK,
                Florence2Names.USE_CACHE_BRANCH);
        embedsInput = Florence2Names.input(session, MODULE, Florence2Names.INPUTS_EMBEDS);
        hiddenInput = Florence2Names.input(session, MODULE, Florence2Names.ENCODER_HIDDEN_STATES);
        maskInput = session.inputIndex(Florence2Names.ENCODER_ATTENTION_MASK);
        branchInput = Florence2Names.input(session, MODULE, Florence2Names.USE_CACHE_BRANCH);
        logitsOutput = Florence2Names.output(session, MODULE, Florence2Names.LOGITS);
        inputs = new TensorHandle[session.inputs().size()];
        own = new Entries(session, config, ".decoder.");
        encoders = new Entries(session, config, ".encoder.");
        if (own.inputs.length == 0 || encoders.inputs.length == 0) {
            throw Florence2Names.unsupported(
                    "has a module " + MODULE + " without the inputs past_key_values.*.decoder.* and *.encoder.*");
        }
        withoutCache = session.upload(flag(false));
        withCache = session.upload(flag(true));
    }

    private static Tensor flag(boolean value) {
        return Tensor.ofBytes(ElementType.BOOL, new byte[] {(byte) (value ? 1 : 0)}, 1);
    }

    ElementType embedsType() {
        return session.inputs().get(embedsInput).type();
    }

    ElementType hiddenType() {
        return session.inputs().get(hiddenInput).type();
    }

    /** The encoder's mask for this session, or null where the graph wants none. */
    TensorInfo maskInfo() {
        return maskInput < 0 ? null : session.inputs().get(maskInput);
    }

    /**
     * Takes an encoded input, and forgets the one before with all that was kept of it.
     *
     * @param encoded the encoder's last hidden state, {@code [1, positions, width]}
     * @param encoderMask ones, {@code [1, positions]}; null where the graph wants none
     */
    void begin(TensorHandle encoded, TensorHandle encoderMask) {
        end();
        hidden = encoded;
        mask = encoderMask;
    }

    /** Forgets the encoded input. */
    void end() {
        if (encoderKv != null) {
            KvCache.close(encoderKv);
            encoderKv = null;
        }
        KvCache.close(hidden, mask);
        hidden = null;
        mask = null;
    }

    /**
     * Runs some tokens after a past, which stays as it is and may be run on again with others.
     *
     * @param embeds of the tokens, {@code [1, tokens, width]}
     * @param past null for none
     */
    Result run(TensorHandle embeds, int tokens, Past past) {
        // Without a past of its own a sequence can't run in the graph's branch for one, even where the encoder's is
        // there.
        boolean first = encoderKv == null || past == null;
        inputs[embedsInput] = embeds;
        inputs[hiddenInput] = hidden;
        if (maskInput >= 0) {
            inputs[maskInput] = mask;
        }
        inputs[branchInput] = first ? withoutCache : withCache;
        feed(own, past == null ? own.empty : past.entries);
        feed(encoders, first ? encoders.empty : encoderKv);
        TensorHandle[] outputs = session.run(inputs);
        TensorHandle[] entries = take(own, outputs);
        if (encoderKv == null) {
            encoderKv = take(encoders, outputs);
        }
        TensorHandle logits = outputs[logitsOutput];
        outputs[logitsOutput] = null;
        KvCache.close(outputs);
        return new Result(logits, new Past(entries, tokens + (past == null ? 0 : past.tokens())));
    }

    private void feed(Entries entries, TensorHandle[] handles) {
        for (int i = 0; i < handles.length; i++) {
            inputs[entries.inputs[i]] = handles[i];
        }
    }

    private static TensorHandle[] take(Entries entries, TensorHandle[] outputs) {
        TensorHandle[] taken = new TensorHandle[entries.outputs.length];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = outputs[entries.outputs[i]];
            outputs[entries.outputs[i]] = null;
        }
        return taken;
    }

    void interrupt() {
        session.interrupt();
    }

    void close() {
        end();
        KvCache.close(own.empty);
        KvCache.close(encoders.empty);
        KvCache.close(withoutCache, withCache);
    }
}
