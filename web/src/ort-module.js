// Stands where ONNX Runtime looks for its WebAssembly module's script, to hand the module on to ort-heap.js as well.

/** The module once it has started: `captured.wasm`. */
export const captured = { wasm: null };

export default async function start(config) {
  const { default: factory } = 'Suspending' in WebAssembly
    ? await import('./ort-wasm-simd-threaded.jspi.mjs')
    : await import('./ort-wasm-simd-threaded.asyncify.mjs');
  captured.wasm = await factory(config);
  return captured.wasm;
}
