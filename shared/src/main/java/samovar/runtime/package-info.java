/**
 * What the core asks of ONNX Runtime, on either side: open a planned module, run it, keep tensors where the model
 * runs. Implemented by {@code jvm/ortcpu} and {@code client/ortweb}; nothing else names ONNX Runtime.
 */
package samovar.runtime;
