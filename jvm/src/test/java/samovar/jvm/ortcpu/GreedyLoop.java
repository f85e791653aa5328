package samovar.jvm.ortcpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import samovar.dtype.Device;
import samovar.dtype.Dtype;
import samovar.dtype.PlannedFile;
import samovar.dtype.PlannedModule;
import samovar.hub.RepoFile;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;
import samovar.jvm.Fixtures;
import samovar.jvm.hub.ModelFolders;
import samovar.runtime.LoadListener;
import samovar.runtime.Session;
import samovar.runtime.SessionRequest;
import samovar.runtime.TensorHandle;
import samovar.runtime.TensorInfo;
import samovar.tensor.Tensor;

/** The plainest decoding there is, written against the port alone: the twin that the core's loop is not needed for. */
final class GreedyLoop {
    private final Session session;
    private final TensorHandle[] feeds;
    private int cached;

    GreedyLoop(Session session) {
        this.session = session;
        this.feeds = new TensorHandle[session.inputs().size()];
        for (int i = 0; i < feeds.length; i++) {
            TensorInfo info = session.inputs().get(i);
            if (info.name().startsWith("past_key_values.")) {
                int heads = info.shape().dimension(1);
                feeds[i] = session.upload(
                        Tensor.zeros(info.type(), 1, heads, 0, info.shape().dimension(3)));
            }
        }
    }

    /** Logits of the last position; the KV cache moves on. */
    float[] step(int... tokens) {
        int total = cached + tokens.length;
        feed("input_ids", ids(tokens.length, i -> tokens[i]));
        feed("attention_mask", ids(total, i -> 1));
        feed("position_ids", ids(tokens.length, i -> cached + i));
        TensorHandle[] results = session.run(feeds);
        cached = total;
        for (String name : List.of("input_ids", "attention_mask", "position_ids")) {
            feeds[session.inputIndex(name)].close();
        }
        int logits = session.outputIndex("logits");
        for (int i = 0; i < results.length; i++) {
            if (i != logits) {
                replace(session.outputs().get(i).name().replace("present", "past_key_values"), results[i]);
            }
        }
        Tensor host = results[logits].host();
        int vocabulary = host.shape().dimension(-1);
        float[] last = new float[vocabulary];
        System.arraycopy(host.floats(), host.floats().length - vocabulary, last, 0, vocabulary);
        results[logits].close();
        return last;
    }

    private void replace(String input, TensorHandle value) {
        int at = session.inputIndex(input);
        feeds[at].close();
        feeds[at] = value;
    }

    private void feed(String input, Tensor tensor) {
        feeds[session.inputIndex(input)] = session.upload(tensor);
    }

    private static Tensor ids(int length, java.util.function.IntUnaryOperator value) {
        long[] data = new long[length];
        for (int i = 0; i < length; i++) {
            data[i] = value.applyAsInt(i);
        }
        return Tensor.ofLongs(data, 1, length);
    }

    List<Integer> generate(List<Integer> prompt, int most, Set<Integer> eos) {
        List<Integer> tokens = new ArrayList<>();
        float[] logits = step(prompt.stream().mapToInt(Integer::intValue).toArray());
        while (tokens.size() < most) {
            int best = best(logits);
            tokens.add(best);
            if (eos.contains(best)) {
                break;
            }
            logits = step(best);
        }
        return tokens;
    }

    static int best(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    void close() {
        for (TensorHandle feed : feeds) {
            if (feed != null) {
                feed.close();
            }
        }
    }

    static final ModelFolders FOLDERS = new ModelFolders(List.of(Fixtures.MODELS));

    static OrtCpuRuntime runtime() {
        return new OrtCpuRuntime(
                (repo, commit, path, progress) -> FOLDERS.find(repo, path).orElseThrow(), 2);
    }

    static Session open(RepoId repo, Dtype dtype) {
        return runtime().open(request(repo, dtype), LoadListener.NONE);
    }

    static SessionRequest request(RepoId repo, Dtype dtype) {
        return request(FOLDERS, repo, dtype);
    }

    static SessionRequest request(ModelFolders folders, RepoId repo, Dtype dtype) {
        RepoListing listing = folders.list(repo, Revision.MAIN);
        List<PlannedFile> files = new ArrayList<>();
        for (RepoFile file : listing.files()) {
            if (file.path().startsWith(dtype.file("model"))) {
                files.add(new PlannedFile(file.path(), file.sizeBytes(), file.sha256()));
            }
        }
        return new SessionRequest(
                repo,
                listing.commit(),
                new PlannedModule("model", dtype, Device.CPU, files, "a test"),
                Set.of("logits"),
                Map.of());
    }
}
