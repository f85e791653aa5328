package samovar.client.ui;

import java.util.List;

/**
 * What a repository says of its model before anything of it is loaded.
 *
 * @param id the repository's, {@code org/name}
 * @param kind which page it is for
 * @param type the {@code model_type} of its config.json; empty where that cannot be read or does not say
 * @param architecture the class that it was exported from; empty where not told
 * @param task what it is for in the Hub's words; empty where not told
 * @param gated whether its files are only for accounts that accepted its terms
 * @param modules what it is published in, with sizes; of a model that is not run here, all that its {@code onnx/} folder holds
 * @param trouble why it can't be used on any page, and what can, in whole sentences; empty where it can
 */
public record ModelSheet(
        String id,
        Kind kind,
        String type,
        String architecture,
        String task,
        boolean gated,
        List<ModuleChoices> modules,
        String trouble) {
    /** What Samovar does with a model. */
    public enum Kind {
        CHAT("a language model to chat with", "the chat page", "./"),
        PICTURES("a model that looks at pictures", "the page for pictures", "pictures"),
        OTHER("a model that is not run here", "", "");

        private final String words;
        private final String page;
        private final String address;

        Kind(String words, String page, String address) {
            this.words = words;
            this.page = page;
            this.address = address;
        }

        /** The page that is for it. */
        String page() {
            return page;
        }

        String address() {
            return address;
        }
    }

    public ModelSheet {
        modules = List.copyOf(modules);
    }

    /** The id without its organization. */
    String name() {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    /** {@code org/name is a language model to chat with: qwen2, Qwen2ForCausalLM, text-generation. Open to everybody.} */
    String words() {
        StringBuilder words = new StringBuilder(id).append(" is ").append(kind.words);
        String before = ": ";
        for (String part : List.of(type, architecture, task)) {
            if (!part.isEmpty()) {
                words.append(before).append(part);
                before = ", ";
            }
        }
        return words.append(gated ? ". Gated: only for accounts that accepted its terms." : ". Open to everybody.")
                .toString();
    }
}
