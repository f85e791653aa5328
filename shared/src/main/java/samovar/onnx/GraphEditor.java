package samovar.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Edits a model file that runs a decoder, so that it does less and computes the same but for the last digits. An edit that doesn't
 * fit the graph leaves it as it is and says why among {@link #notes}: a normal outcome.
 *
 * <pre>{@code
 * GraphEditor editor = GraphEditor.of(file);
 * editor.keepLastRow("logits");
 * editor.fuseNorms();
 * byte[] edited = editor.toBytes();
 * }</pre>
 *
 * Not thread-safe.
 */
public final class GraphEditor {
    private final byte[] original;
    private final Graph graph;
    private final List<String> notes = new ArrayList<>();

    private GraphEditor(byte[] original) {
        this.original = original;
        Graph parsed = null;
        try {
            parsed = new Graph(original);
        } catch (OnnxException unreadable) {
            // ONNX Runtime says what is wrong with it, if anything is.
            notes.add("left as it is: " + unreadable.getMessage());
        }
        graph = parsed;
    }

    /** @param model a whole model file, external data aside; must not be changed while this is used */
    public static GraphEditor of(byte[] model) {
        return new GraphEditor(model);
    }

    /** Has an output {@code [batch, tokens, width]} computed for the last token alone, whose number of tokens is then 1. */
    public void keepLastRow(String output) {
        edit("the last row of " + output, () -> {
            new LastPosition(graph, output).edit();
            return 1;
        });
    }

    /** Makes one operator of each root mean square norm, and of the residual sum before it. */
    public void fuseNorms() {
        edit("norms", () -> {
            RmsNorms norms = new RmsNorms(graph);
            return norms.fuse() + norms.joinSums();
        });
    }

    /**
     * Makes one operator of each layer's attention, with its cache's inputs and outputs as they were. The graph then runs one
     * sequence without padding: of {@code attention_mask} only the length counts.
     *
     * @param positions most tokens that the model will be run with; 0 where that is not known, which leaves the graph alone
     */
    public void fuseAttention(int positions) {
        edit("attention", () -> new GroupQueryAttention(graph, positions).fuse());
    }

    /**
     * Computes each layer's attention by fewer plain operators, to the last digit as before where ONNX Runtime runs it on a CPU. The
     * graph then runs one sequence.
     */
    public void regroupAttention() {
        edit("grouped attention", () -> new GroupedAttention(graph).write());
    }

    private interface Edit {
        int apply();
    }

    private void edit(String name, Edit edit) {
        if (graph == null) {
            return;
        }
        try {
            notes.add(name + ": " + edit.apply());
        } catch (OnnxException otherMake) {
            notes.add(name + " left as it is: " + otherMake.getMessage());
        }
    }

    /** What each edit did, how often, or why it did not. */
    public List<String> notes() {
        return Collections.unmodifiableList(notes);
    }

    /** Whether {@link #toBytes} differs from the file. */
    public boolean isEdited() {
        return graph != null && graph.isEdited();
    }

    /** The edited file; the array that was given where nothing was edited. */
    public byte[] toBytes() {
        return isEdited() ? graph.toBytes() : original;
    }
}
