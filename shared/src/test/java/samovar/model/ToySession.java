package samovar.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import samovar.runtime.RuntimeFault;
import samovar.runtime.Session;
import samovar.runtime.TensorHandle;
import samovar.runtime.TensorInfo;
import samovar.tensor.ElementType;
import samovar.tensor.Float16;
import samovar.tensor.Shape;
import samovar.tensor.Tensor;

/**
 * A language model made of arithmetic: its KV cache holds the token ids themselves, and the likeliest next token is a
 * function of all tokens in the cache. It checks every feed, and counts handles that were not closed.
 */
public final class ToySession implements Session {
    private static final int LAYERS = 2;
    private static final int HEADS = 2;
    private static final int HEAD_DIM = 4;

    /** Makes a session, changed from the usual by its fields. */
    public static final class Builder {
        public ToIntFunction<int[]> next = tokens -> 0;
        public int vocabulary = 16;
        public ElementType kvType = ElementType.FLOAT32;
        public ElementType logitsType = ElementType.FLOAT32;
        public ElementType idType = ElementType.INT64;
        public boolean symbolicHeads;
        public boolean positions = true;
        public boolean mask = true;
        public boolean branch;
        public boolean keep;
        public String stranger = "";
        public boolean lacksPresent;

        public ToySession build() {
            return new ToySession(this);
        }
    }

    private final Builder like;
    private final List<TensorInfo> inputs = new ArrayList<>();
    private final List<TensorInfo> outputs = new ArrayList<>();
    private final List<String> runs = new ArrayList<>();
    private int open;
    private boolean failing;
    private int uploadsLeft = Integer.MAX_VALUE;
    private boolean closed;

    private ToySession(Builder like) {
        this.like = like;
        inputs.add(new TensorInfo("input_ids", like.idType, Shape.of(-1, -1)));
        if (like.mask) {
            inputs.add(new TensorInfo("attention_mask", like.idType, Shape.of(-1, -1)));
        }
        if (like.positions) {
            inputs.add(new TensorInfo("position_ids", like.idType, Shape.of(-1, -1)));
        }
        if (like.branch) {
            inputs.add(new TensorInfo("use_cache_branch", ElementType.BOOL, Shape.of(1)));
        }
        if (like.keep) {
            inputs.add(new TensorInfo("num_logits_to_keep", ElementType.INT64, Shape.of()));
        }
        if (!like.stranger.isEmpty()) {
            inputs.add(new TensorInfo(like.stranger, ElementType.FLOAT32, Shape.of(1)));
        }
        // The cache comes first among the outputs, so that nothing can count on the logits being there.
        Shape kv = like.symbolicHeads ? Shape.of(-1, -1, -1, -1) : Shape.of(-1, HEADS, -1, HEAD_DIM);
        for (int layer = 0; layer < LAYERS; layer++) {
            for (String part : List.of("key", "value")) {
                inputs.add(new TensorInfo("past_key_values." + layer + "." + part, like.kvType, kv));
                if (!like.lacksPresent) {
                    outputs.add(new TensorInfo("present." + layer + "." + part, like.kvType, kv));
                }
            }
        }
        outputs.add(new TensorInfo("logits", like.logitsType, Shape.of(-1, -1, like.vocabulary)));
        outputs.add(new TensorInfo("hidden_states", ElementType.FLOAT32, Shape.of(-1)));
    }

    /** The tokens of each run, after those in its cache: {@code [1, 2] + [3]}. */
    public List<String> runs() {
        return runs;
    }

    /** Handles that nobody has closed yet. */
    public int openHandles() {
        return open;
    }

    public boolean isClosed() {
        return closed;
    }

    /** So many more uploads succeed, and then one fails. */
    public void failUploadAfter(int uploads) {
        uploadsLeft = uploads;
    }

    public void failNextRun() {
        failing = true;
    }

    @Override
    public List<TensorInfo> inputs() {
        return inputs;
    }

    @Override
    public List<TensorInfo> outputs() {
        return outputs;
    }

    @Override
    public TensorHandle upload(Tensor tensor) {
        if (uploadsLeft-- == 0) {
            throw new RuntimeFault(RuntimeFault.Kind.OUT_OF_MEMORY, "the toy has no room");
        }
        return new Handle(tensor, false);
    }

    @Override
    public TensorHandle[] run(TensorHandle[] feeds) {
        if (failing) {
            failing = false;
            throw new RuntimeFault(RuntimeFault.Kind.FAILED_RUN, "the toy was told to fail");
        }
        int[] fresh = integers(feeds, "input_ids");
        int[] past = pastTokens(feeds);
        runs.add(Arrays.toString(past) + " + " + Arrays.toString(fresh));
        int[] all = Arrays.copyOf(past, past.length + fresh.length);
        System.arraycopy(fresh, 0, all, past.length, fresh.length);
        check(feeds, past.length, all.length);
        Tensor logits = logits(all, like.keep ? 1 : fresh.length);
        TensorHandle[] results = new TensorHandle[outputs.size()];
        for (int i = 0; i < results.length; i++) {
            String name = outputs.get(i).name();
            if (name.equals("logits")) {
                results[i] = new Handle(logits, true);
            } else if (name.equals("hidden_states")) {
                results[i] = new Handle(Tensor.ofFloats(new float[1], 1), false);
            } else {
                results[i] = new Handle(kv(all), false);
            }
        }
        return results;
    }

    private void check(TensorHandle[] feeds, int past, int total) {
        for (int i = 0; i < feeds.length; i++) {
            require(feeds[i] != null, "no feed for " + inputs.get(i).name());
            require(
                    feeds[i].type() == inputs.get(i).type(),
                    "wrong type for " + inputs.get(i).name());
        }
        if (like.mask) {
            int[] mask = integers(feeds, "attention_mask");
            require(mask.length == total, "attention_mask of " + mask.length + " for " + total + " tokens");
            for (int bit : mask) {
                require(bit == 1, "attention_mask with " + bit);
            }
        }
        if (like.positions) {
            int[] positions = integers(feeds, "position_ids");
            require(positions.length == total - past, "as many positions as tokens");
            for (int i = 0; i < positions.length; i++) {
                require(positions[i] == past + i, "position " + positions[i] + " at " + (past + i));
            }
        }
        if (like.branch) {
            byte flag = data(feeds, "use_cache_branch").bytes()[0];
            require(flag == (past > 0 ? 1 : 0), "use_cache_branch " + flag + " after " + past);
        }
        if (like.keep) {
            require(data(feeds, "num_logits_to_keep").longs()[0] == 1, "num_logits_to_keep");
            require(data(feeds, "num_logits_to_keep").shape().rank() == 0, "num_logits_to_keep is a scalar");
        }
    }

    private int[] pastTokens(TensorHandle[] feeds) {
        int[] tokens = null;
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).name().startsWith("past_key_values.")) {
                int[] here = tokens(((Handle) feeds[i]).live());
                require(tokens == null || Arrays.equals(tokens, here), "all entries stand for the same tokens");
                tokens = here;
            }
        }
        return tokens;
    }

    private static int[] tokens(Tensor kv) {
        int[] shape = kv.shape().toArray();
        require(shape[0] == 1 && shape[1] == HEADS && shape[3] == HEAD_DIM, "cache shape " + kv.shape());
        float[] values = kv.type() == ElementType.FLOAT16 ? Float16.toFloats(kv.halves()) : kv.floats();
        int[] tokens = new int[shape[2]];
        for (int i = 0; i < values.length; i++) {
            int token = i / HEAD_DIM % shape[2];
            require(i < shape[2] * HEAD_DIM || tokens[token] == (int) values[i], "heads hold the same tokens");
            tokens[token] = (int) values[i];
        }
        return tokens;
    }

    private Tensor kv(int[] tokens) {
        float[] values = new float[HEADS * tokens.length * HEAD_DIM];
        for (int i = 0; i < values.length; i++) {
            values[i] = tokens[i / HEAD_DIM % tokens.length];
        }
        int[] shape = {1, HEADS, tokens.length, HEAD_DIM};
        return like.kvType == ElementType.FLOAT16
                ? Tensor.ofHalves(Float16.ofFloats(values), shape)
                : Tensor.ofFloats(values, shape);
    }

    private Tensor logits(int[] all, int rows) {
        float[] values = new float[rows * like.vocabulary];
        for (int row = 0; row < rows; row++) {
            int[] upTo = Arrays.copyOf(all, all.length - rows + row + 1);
            values[row * like.vocabulary + like.next.applyAsInt(upTo)] = 4;
        }
        return like.logitsType == ElementType.FLOAT16
                ? Tensor.ofHalves(Float16.ofFloats(values), 1, rows, like.vocabulary)
                : Tensor.ofFloats(values, 1, rows, like.vocabulary);
    }

    private int[] integers(TensorHandle[] feeds, String name) {
        Tensor tensor = data(feeds, name);
        require(tensor.shape().rank() == 2 && tensor.shape().dimension(0) == 1, name + " of shape " + tensor.shape());
        if (tensor.type() == ElementType.INT32) {
            return tensor.ints().clone();
        }
        long[] wide = tensor.longs();
        int[] values = new int[wide.length];
        for (int i = 0; i < wide.length; i++) {
            values[i] = (int) wide[i];
        }
        return values;
    }

    private Tensor data(TensorHandle[] feeds, String name) {
        return ((Handle) feeds[inputIndex(name)]).live();
    }

    @Override
    public Tensor read(TensorHandle handle) {
        return ((Handle) handle).live();
    }

    @Override
    public void interrupt() {}

    @Override
    public void close() {
        closed = true;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private final class Handle implements TensorHandle {
        private final Tensor tensor;
        private final boolean host;
        private boolean isClosed;

        Handle(Tensor tensor, boolean host) {
            this.tensor = tensor;
            this.host = host;
            open++;
        }

        Tensor live() {
            require(!isClosed, "a closed handle is used: " + tensor);
            return tensor;
        }

        @Override
        public ElementType type() {
            return tensor.type();
        }

        @Override
        public Shape shape() {
            return tensor.shape();
        }

        @Override
        public Tensor host() {
            if (!host) {
                throw new IllegalStateException("not in Java memory: " + tensor);
            }
            return live();
        }

        @Override
        public void close() {
            if (!isClosed) {
                isClosed = true;
                open--;
            }
        }
    }
}
