import { load } from './selftest.wasm-runtime.js';

const teavm = load(new URL('./selftest.wasm', import.meta.url).href);
onmessage = async (event) => (await teavm).exports.main(event.data);
