// Chooses the build of onnxruntime-web and hands it to the worker: JSPI where the browser has it, else asyncify.
// Page and worker both import this; ONNX Runtime itself comes with the first call.
import { heapRunner } from './ort-heap.js';
import { captured, prepare } from './ort-module.js';

const jspi = typeof WebAssembly === 'object' && 'Suspending' in WebAssembly;
const runners = new WeakMap();
const wasm = jspi
  ? new URL('./ort-wasm-simd-threaded.jspi.wasm', import.meta.url)
  : new URL('./ort-wasm-simd-threaded.asyncify.wasm', import.meta.url);
let loading = null;

/** Half of the cores, at most four; several threads need cross-origin isolation. */
function threadCount() {
  const cores = navigator.hardwareConcurrency || 1;
  return globalThis.crossOriginIsolated ? Math.max(1, Math.min(4, Math.ceil(cores / 2))) : 1;
}

/**
 * Where a GPU's subgroups hold fewer than 8, as a software adapter's do, ONNX Runtime gets a device without them, and takes another way.
 * With them 1.30.0 shuffles keys among 8 in its attention (flash_attention.wgsl.template), for 32 tokens and more: wrong, and nothing is said.
 */
function withoutSmallSubgroups() {
  const { prototype } = globalThis.GPUAdapter ?? {};
  const requestDevice = prototype?.requestDevice;
  if (requestDevice) {
    prototype.requestDevice = function (wanted = {}) {
      const few = this.info?.subgroupMaxSize < 8;
      const requiredFeatures = [...(wanted.requiredFeatures ?? [])].filter((name) => !(few && name.startsWith('subgroup')));
      return requestDevice.call(this, { ...wanted, requiredFeatures });
    };
  }
}

function setUp(ort) {
  withoutSmallSubgroups();
  ort.env.wasm.wasmPaths = { mjs: new URL('./ort-module.js', import.meta.url).href, wasm: wasm.href };
  ort.env.wasm.numThreads = threadCount();
  ort.env.logLevel = 'error';
  return ort;
}

/** The module onnxruntime-web, set up to fetch its WebAssembly from beside this file and from nowhere else. */
export function loadOrt() {
  if (!loading) {
    loading = (jspi ? import('./ort.jspi.min.mjs') : import('./ort.webgpu.min.mjs')).then(setUp);
    // The page hears it: offline.js.
    loading.then(() => new BroadcastChannel('samovar-ort').postMessage('loaded'), () => {});
  }
  return loading;
}

/** Begins to fetch and compile all that a session needs. What goes wrong is told when one is opened. */
export function prepareOrt() {
  prepare(wasm.href);
  loadOrt().catch(() => {});
}

/** Opens a session; on wasm all outputs but options.hostOutputs stay in WebAssembly's memory. */
export async function openSession(ort, graph, options) {
  const session = await ort.InferenceSession.create(graph, options);
  if (options.executionProviders[0] === 'wasm') {
    runners.set(session, heapRunner(captured.wasm, session, options.hostOutputs));
  }
  return session;
}

/** Runs a session once; the outputs come as an array in the session's own order, at once where they can, else as a promise. */
export function runSession(session, feeds) {
  const runner = runners.get(session);
  return runner ? runner.run(feeds) : session.run(feeds).then((results) => session.outputNames.map((name) => results[name]));
}

/** Frees a session, after all its tensors. */
export function closeSession(session) {
  runners.get(session)?.free();
  runners.delete(session);
  return session.release();
}
