/**
 * The runtime port on onnxruntime's CPU provider: a planned module comes in, an open session goes out. Weights come as paths
 * from {@link samovar.jvm.hub.WeightFiles}; tensors between steps stay ONNX Runtime's. Nothing outside this room names
 * {@code ai.onnxruntime}. Faults are {@link samovar.runtime.RuntimeFault}s.
 */
package samovar.jvm.ortcpu;
