package samovar.client.browser;

import java.util.ArrayList;
import java.util.List;
import samovar.client.js.Await;
import samovar.client.js.FileStore;
import samovar.client.js.JsFault;
import samovar.dtype.DtypePlan;
import samovar.hub.HubUrls;
import samovar.json.Json;
import samovar.json.JsonWriter;

/** The weights that lie in this browser from earlier visits. Methods await, but for {@link #persist}. */
public final class KeptWeights {
    /**
     * A file that is kept.
     *
     * @param bytes that it takes; 0 where another name of the same content counts them
     * @param whole false where only a part has come yet
     */
    public record Entry(String key, String modelId, String path, long bytes, boolean whole) {}

    /** True where all files of the plan are kept. */
    public boolean has(DtypePlan plan) {
        try {
            String files = WeightStore.json(new HubUrls(""), plan.repo(), plan.commit(), plan.files());
            return Await.of(FileStore.has(files)).booleanValue();
        } catch (JsFault unreadable) {
            return false;
        }
    }

    /** Whether this browser keeps anything from one visit to the next. */
    public boolean keeps() {
        try {
            return Await.of(FileStore.keeps()).booleanValue();
        } catch (JsFault unreadable) {
            return false;
        }
    }

    /** All that is kept, whole or not. */
    public List<Entry> list() {
        List<Entry> entries = new ArrayList<>();
        try {
            Json listed = Json.parse(Await.of(FileStore.list()).stringValue(), "storage");
            for (Json each : listed.elements()) {
                entries.add(new Entry(
                        each.get("key").asString(),
                        each.get("repo").asString(),
                        each.get("path").asString(),
                        each.get("bytes").asLong(),
                        each.get("whole").asBoolean()));
            }
        } catch (JsFault unreadable) {
            // What can't be read can't be deleted either; the note says that nothing is kept.
            entries.clear();
        }
        return entries;
    }

    /** Deletes entries; files that another tab is downloading stay. */
    public void delete(List<String> keys) {
        try {
            Await.of(FileStore.remove(JsonWriter.write(keys)));
        } catch (JsFault unreadable) {
            // The list that is shown next tells what is left.
            return;
        }
    }

    /** Asks the browser not to clear what is kept by itself. */
    public void persist() {
        FileStore.persist();
    }
}
