package samovar.server.inference;

import java.util.Optional;
import samovar.config.ModelFamily;
import samovar.hub.RepoId;
import samovar.task.TaskException;

/** What a model of this server does. */
public enum ModelTask {
    /** Answers conversations in text. */
    CHAT(ModelFamily.DECODER_ONLY),
    /** Looks at one picture and says what was asked about it. */
    CAPTION(ModelFamily.FLORENCE_2);

    private final ModelFamily family;

    ModelTask(ModelFamily family) {
        this.family = family;
    }

    static Optional<ModelTask> of(ModelFamily family) {
        for (ModelTask task : values()) {
            if (task.family == family) {
                return Optional.of(task);
            }
        }
        return Optional.empty();
    }

    /**
     * @throws TaskException UNSUPPORTED_MODEL for families that are planned here and not run
     */
    static ModelTask of(RepoId repo, ModelFamily family) {
        return of(family)
                .orElseThrow(() -> new TaskException(
                        TaskException.Kind.UNSUPPORTED_MODEL,
                        repo + " is a model of the family " + family.label() + "; run here are " + CHAT.family.label()
                                + " (chat) and " + CAPTION.family.label() + " (images)",
                        "GET /v1/models lists those that are here."));
    }
}
