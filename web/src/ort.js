// Chooses the build of onnxruntime-web and hands it to the worker: JSPI where the browser has it, else asyncify.
// Loaded by the worker only; ONNX Runtime itself only when a model is opened, so that the probe of the GPU stays light.

const jspi = typeof WebAssembly === 'object' && 'Suspending' in WebAssembly;
let loading = null;

/** Half of the cores, at most four; several threads need cross-origin isolation. */
function threadCount() {
  const cores = navigator.hardwareConcurrency || 1;
  return globalThis.crossOriginIsolated ? Math.max(1, Math.min(4, Math.ceil(cores / 2))) : 1;
}

function setUp(ort) {
  const wasm = jspi
    ? new URL('./ort-wasm-simd-threaded.jspi.wasm', import.meta.url)
    : new URL('./ort-wasm-simd-threaded.asyncify.wasm', import.meta.url);
  ort.env.wasm.wasmPaths = { wasm: wasm.href };
  ort.env.wasm.numThreads = threadCount();
  ort.env.logLevel = 'error';
  return ort;
}

/** The module onnxruntime-web, set up to fetch its WebAssembly from beside this file and from nowhere else. */
export function loadOrt() {
  loading ??= (jspi ? import('./ort.jspi.bundle.min.mjs') : import('./ort.webgpu.bundle.min.mjs')).then(setUp);
  return loading;
}

/** Runs a session once; the outputs come as an array in the session's own order. */
export function runSession(session, feeds) {
  return session.run(feeds).then((results) => session.outputNames.map((name) => results[name]));
}
