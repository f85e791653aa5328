package samovar.hub;

import samovar.json.Json;

/**
 * What a Hub says of a repository beside its files.
 *
 * @param task what it is for in the Hub's words, {@code text-generation} for example; empty where not told
 * @param isGated whether its files are only for accounts that accepted its terms
 */
public record RepoAbout(String task, boolean isGated) {
    /** Reads the answer of {@code /api/models/{id}}. */
    public static RepoAbout ofModelInfo(Json info) {
        // false, or the kind of gate: "auto" or "manual".
        Json gated = info.get("gated");
        Json task = info.get("pipeline_tag");
        return new RepoAbout(
                task.isString() ? task.asString() : "", gated.isString() || (gated.isBoolean() && gated.asBoolean()));
    }
}
