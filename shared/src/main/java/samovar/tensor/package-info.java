/** Tensors in Java memory: element types as ONNX names them, shapes, and the half-precision conversion. */
package samovar.tensor;
