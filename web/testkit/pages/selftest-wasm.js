import { load } from './selftest.wasm-runtime.js';

const teavm = load(new URL('./selftest.wasm', import.meta.url).href);
onmessage = async (event) => {
  try {
    (await teavm).exports.main(event.data);
  } catch (error) {
    postMessage(`FAIL: the module does not load: ${error.message}`);
    postMessage('');
  }
};
