package samovar.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import samovar.chat.TemplateMoment;
import samovar.dtype.Device;
import samovar.dtype.DeviceCapabilities;
import samovar.generate.Fixtures;
import samovar.hub.FileSource;
import samovar.hub.HubException;
import samovar.hub.RepoFile;
import samovar.hub.RepoId;
import samovar.hub.RepoListing;
import samovar.hub.Revision;
import samovar.image.ImageDecoder;
import samovar.image.RgbImage;
import samovar.json.Json;
import samovar.model.ToySession;
import samovar.runtime.LoadListener;
import samovar.runtime.ModelRuntime;
import samovar.runtime.RuntimeFault;
import samovar.runtime.Session;
import samovar.runtime.SessionRequest;

/** The embedded tiny-chat's text files under any id, and a session that answers as the goldens say. */
final class ToyPlatform implements FileSource, RuntimeFactory, ModelRuntime {
    static final String ID = "onnx-community/Qwen2.5-0.5B-Instruct";

    final Map<String, String> files = new LinkedHashMap<>();
    final List<String> log = new ArrayList<>();
    ToySession.Builder like = new ToySession.Builder();
    ToySession session;
    boolean refusing;
    boolean runtimeClosed;

    ToyPlatform() {
        for (String name :
                List.of("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json")) {
            files.put(name, Fixtures.read(Fixtures.TINY_CHAT.resolve(name)));
        }
        like.vocabulary = 583;
        like.next = golden();
    }

    Pipelines pipelines() {
        return new Pipelines(ports());
    }

    PlatformPorts ports() {
        return new PlatformPorts(
                this,
                this,
                Fixtures.NORMALIZER,
                System::nanoTime,
                () -> new TemplateMoment(1_700_000_000_000L, 0),
                new NoPictures(),
                DeviceCapabilities.cpu(1L << 33));
    }

    /** After a prompt of the goldens comes its answer, token by token; after anything else, the eos. */
    private static ToIntFunction<int[]> golden() {
        List<int[]> whole = new ArrayList<>();
        for (Json example :
                Fixtures.golden("tiny_chat_greedy.json").get("cases").elements()) {
            List<Integer> ids = new ArrayList<>(example.get("prompt_ids").listOf(Json::asInt));
            ids.addAll(example.get("token_ids").listOf(Json::asInt));
            whole.add(ids.stream().mapToInt(Integer::intValue).toArray());
        }
        return tokens -> {
            for (int[] ids : whole) {
                if (tokens.length < ids.length && Arrays.mismatch(tokens, ids) == tokens.length) {
                    return ids[tokens.length];
                }
            }
            return 582;
        };
    }

    @Override
    public RepoListing list(RepoId repo, Revision revision) {
        log.add("list " + repo + " " + revision);
        List<RepoFile> listed = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            listed.add(new RepoFile(file.getKey(), file.getValue().length(), null, null));
        }
        for (String dtype : List.of("", "_q4", "_fp16")) {
            String path = "onnx/model" + dtype + ".onnx";
            listed.add(new RepoFile(path, size(path), null, null));
        }
        return new RepoListing(repo, "0123456789012345678901234567890123456789", listed);
    }

    private static long size(String path) {
        try {
            return Files.size(Fixtures.TINY_CHAT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String readText(RepoId repo, Revision revision, String path) {
        log.add("read " + path);
        String text = files.get(path);
        if (text == null) {
            throw new HubException(HubException.Kind.ENTRY_NOT_FOUND, path, repo + " has no file " + path);
        }
        return text;
    }

    @Override
    public ModelRuntime open(Device device) {
        log.add("runtime " + device.label());
        return this;
    }

    @Override
    public Device device() {
        return Device.CPU;
    }

    @Override
    public Session open(SessionRequest request, LoadListener listener) {
        log.add("open " + request.module().graph().path());
        if (refusing) {
            throw new RuntimeFault(RuntimeFault.Kind.OUT_OF_MEMORY, "the toy has no room");
        }
        session = like.build();
        return session;
    }

    @Override
    public void close() {
        runtimeClosed = true;
    }

    /** Chat reads no pictures. */
    private static final class NoPictures implements ImageDecoder {
        @Override
        public RgbImage decode(byte[] file) {
            throw new UnsupportedOperationException("a picture of " + file.length + " bytes");
        }

        @Override
        public RgbImage load(String url) {
            throw new UnsupportedOperationException(url);
        }
    }
}
