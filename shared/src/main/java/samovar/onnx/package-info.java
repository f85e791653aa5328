/**
 * Reads and edits ONNX graphs. In comes a model file's bytes and what is wanted of it; out come bytes that compute the same with fewer
 * operators, or the same bytes and the reason. {@link samovar.onnx.GraphEditor} is the door. Weights are never looked at: they are
 * copied once, into the new file. All that this room doesn't know of the format is kept byte for byte.
 */
package samovar.onnx;
