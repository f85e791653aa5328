// Stands where ONNX Runtime looks for its WebAssembly module's script: starts the module with what was compiled ahead, and hands it on
// to ort-heap.js as well.

/** The module once it has started: `captured.wasm`. */
export const captured = { wasm: null };

/** The compiled code, or null where there is none: then ONNX Runtime fetches its own, and tells what is wrong. */
let compiled = null;

function script() {
  return 'Suspending' in WebAssembly
    ? import('./ort-wasm-simd-threaded.jspi.mjs')
    : import('./ort-wasm-simd-threaded.asyncify.mjs');
}

/** Fetches and compiles ahead of {@link start}. */
export function prepare(wasm) {
  script().catch(() => {});
  compiled ??= WebAssembly.compileStreaming(fetch(wasm)).catch(() => null);
}

export default async function start(config) {
  const { default: factory } = await script();
  const module = await compiled;
  let runNow;
  const failed = new Promise((_, reject) => {
    if (module) {
      config.instantiateWasm = (imports, done) => {
        WebAssembly.instantiate(module, imports).then((instance) => {
          runNow = instance.exports.OrtRun;
          done(instance, module);
        }, reject);
      };
    }
  });
  captured.wasm = await Promise.race([factory(config), failed]);
  if ('Suspending' in WebAssembly) {
    // As it is before its script wraps it for JSPI.
    captured.wasm._OrtRunNow = runNow;
  }
  return captured.wasm;
}
