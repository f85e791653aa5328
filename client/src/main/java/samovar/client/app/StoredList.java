package samovar.client.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import samovar.client.browser.KeptWeights;
import samovar.client.ui.Stored;
import samovar.client.ui.StoredWeights;
import samovar.dtype.Dtype;

/** Files that are kept, by model and dtype. */
final class StoredList {
    private StoredList() {}

    static Stored of(boolean keeps, List<KeptWeights.Entry> entries) {
        long bytes = 0;
        for (KeptWeights.Entry entry : entries) {
            bytes += entry.bytes();
        }
        return new Stored(keeps, bytes, rows(entries));
    }

    private static List<StoredWeights> rows(List<KeptWeights.Entry> entries) {
        Map<String, Map<Dtype, List<KeptWeights.Entry>>> models = new TreeMap<>();
        for (KeptWeights.Entry entry : entries) {
            models.computeIfAbsent(entry.modelId(), model -> new TreeMap<>())
                    .computeIfAbsent(dtype(entry.path()), dtype -> new ArrayList<>())
                    .add(entry);
        }
        List<StoredWeights> stored = new ArrayList<>();
        for (Map.Entry<String, Map<Dtype, List<KeptWeights.Entry>>> model : models.entrySet()) {
            for (Map.Entry<Dtype, List<KeptWeights.Entry>> dtype :
                    model.getValue().entrySet()) {
                stored.add(row(model.getKey(), dtype.getKey().label(), dtype.getValue()));
            }
            if (model.getValue().size() > 1) {
                List<KeptWeights.Entry> all = new ArrayList<>();
                model.getValue().values().forEach(all::addAll);
                stored.add(row(model.getKey(), "all", all));
            }
        }
        return stored;
    }

    private static StoredWeights row(String modelId, String dtype, List<KeptWeights.Entry> entries) {
        List<String> keys = new ArrayList<>();
        long bytes = 0;
        boolean whole = true;
        for (KeptWeights.Entry entry : entries) {
            keys.add(entry.key());
            bytes += entry.bytes();
            whole &= entry.whole();
        }
        return new StoredWeights(modelId, dtype, bytes, whole, keys);
    }

    /** By the end of the graph's name: {@code onnx/model_q4f16.onnx_data} is q4f16. */
    static Dtype dtype(String path) {
        int end = path.lastIndexOf(".onnx");
        String name = end < 0 ? path : path.substring(0, end);
        Dtype found = Dtype.FP32;
        for (Dtype dtype : Dtype.values()) {
            if (name.endsWith(dtype.suffix())
                    && dtype.suffix().length() > found.suffix().length()) {
                found = dtype;
            }
        }
        return found;
    }
}
