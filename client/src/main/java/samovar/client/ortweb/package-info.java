/**
 * The runtime port on onnxruntime-web, for the devices {@code webgpu} and {@code wasm}. A planned module and its bytes come
 * in, sessions and tensors go out; the KV cache stays in GPU buffers or in WebAssembly's memory. Runs in the realm that calls it.
 */
package samovar.client.ortweb;
