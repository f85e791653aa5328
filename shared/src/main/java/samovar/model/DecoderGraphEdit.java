package samovar.model;

import samovar.dtype.Device;
import samovar.onnx.GraphEditor;
import samovar.runtime.GraphEdit;

/**
 * What {@link CausalLanguageModel} does without in a graph, and what ONNX Runtime has one operator for. A device gets those edits
 * that were measured to help it and to be right there.
 */
public final class DecoderGraphEdit implements GraphEdit {
    private final int positions;

    /** @param positions most tokens of prompt and answer together; 0 where the model names no limit */
    public DecoderGraphEdit(int positions) {
        this.positions = positions;
    }

    @Override
    public byte[] apply(byte[] graph, Device device) {
        GraphEditor editor = GraphEditor.of(graph);
        editor.keepLastRow(CausalLanguageModel.LOGITS);
        if (device != Device.CPU) {
            editor.fuseNorms();
            editor.fuseAttention(positions);
        }
        return editor.toBytes();
    }
}
