package samovar.client.ui;

import java.util.List;
import samovar.generate.GenerationSettings;
import samovar.task.Florence2Task;

/**
 * What a visitor is told about a model before choosing it.
 *
 * @param id the repository's, {@code org/name}
 * @param summary one sentence: what it is and what it is good for; empty where nobody said
 * @param sizeBytes of the weights that the server would take; 0 where not known yet
 * @param defaults the model's own sampling values, with null for what its generation_config.json leaves open
 * @param contextTokens most tokens of prompt and answer together; 0 where not known
 * @param tasks what it can be asked about a picture, those without input first; empty where that is not known yet, and for models that chat
 */
public record ModelCard(
        String id,
        String summary,
        long sizeBytes,
        GenerationSettings defaults,
        int contextTokens,
        List<Florence2Task> tasks) {
    public ModelCard {
        tasks = List.copyOf(tasks);
    }

    /** The id without its organization. */
    public String name() {
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
