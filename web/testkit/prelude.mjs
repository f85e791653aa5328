// A script that runs in the page's worker before its own: how a test changes what the worker finds in its browser.

const isolation = { 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cross-Origin-Resource-Policy': 'same-origin' };

/** Puts the script before all modules of the page's worker, none of which is loaded before it has run. Call it before the page opens. */
export async function beforeWorker(context, script) {
  await context.route(/\/worker-boot\.\w+\.js$/, (route) => {
    const own = new URL(route.request().url()).pathname;
    return route.fulfill({ contentType: 'text/javascript', headers: isolation, body: `${script}\nawait import('${own}?own');` });
  });
}

/** What a browser without JSPI lacks. */
export const withoutJspi = 'delete WebAssembly.Suspending; delete WebAssembly.promising; delete WebAssembly.SuspendError;';

/** Eight cores; the page hears of every thread that gets work to do, and of memory that threads share, on the channel "threads". */
export const eightCores = `
  Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 8 });
  const threads = new BroadcastChannel('threads');
  const PlainWorker = Worker;
  globalThis.Worker = class extends PlainWorker {
    postMessage(message, ...rest) {
      // Emscripten's messages, whose fields have other names in every build.
      const parts = Object.values(message ?? {});
      if (parts.includes('run')) {
        threads.postMessage('thread');
      }
      if (parts.some((part) => part instanceof WebAssembly.Memory && part.buffer instanceof SharedArrayBuffer)) {
        threads.postMessage('shared memory');
      }
      super.postMessage(message, ...rest);
    }
  };`;

/** A GPU device that is destroyed as soon as anything comes on the channel "lose"; its run fails well before it is told as lost. */
export const losableDevice = `
  const requestDevice = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function requestAndKeep(...request) {
    const device = await requestDevice.apply(this, request);
    const lost = device.lost.then((info) => new Promise((resolve) => { setTimeout(resolve, 200, info); }));
    Object.defineProperty(device, 'lost', { value: lost });
    new BroadcastChannel('lose').onmessage = () => device.destroy();
    return device;
  };`;

/** Counts ONNX Runtime's sessions and tensors once `countValues` has its module; tells them on the channel "live". */
export const countsValues = `
  const live = { sessions: 0, tensors: 0 };
  globalThis.countValues = (wasm) => {
    const count = (name, change) => {
      const own = wasm[name];
      const counting = (...request) => {
        change(request);
        return own(...request);
      };
      // Emscripten's first call of a function puts another in its place.
      Object.defineProperty(wasm, name, { get: () => counting, set() {} });
    };
    count('_OrtCreateSession', () => live.sessions++);
    count('_OrtReleaseSession', () => live.sessions--);
    count('_OrtCreateTensor', () => live.tensors++);
    // An output that has a value before it is made is counted already.
    for (const name of ['_OrtRun', '_OrtRunNow'].filter((one) => wasm[one])) {
      count(name, ([, , , , , outputs, at]) => {
        for (let i = 0; i < outputs; i++) {
          live.tensors += wasm.getValue(at + 4 * i, '*') ? 0 : 1;
        }
      });
    }
    count('_OrtRunWithBinding', (request) => { live.tensors += request[2]; });
    // Called with 0 for every output that was not made beforehand.
    count('_OrtReleaseTensor', ([handle]) => { live.tensors -= handle ? 1 : 0; });
  };
  const asked = new BroadcastChannel('live');
  asked.onmessage = () => asked.postMessage({ ...live });`;

/** Every token waits for a turn of 100 ms, as a large model's do, so that few are on their way when a stop is sent. */
export const slowTurns = `
  let now = 0;
  performance.now = () => (now += 20);
  const turns = { waiting: [], port2: { postMessage: () => setTimeout(() => turns.waiting.shift()(), 100) } };
  globalThis.samovarTurn = turns`;
