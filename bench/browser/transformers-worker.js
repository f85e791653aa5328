// Transformers.js in a worker, asked as Samovar's worker is: one message in, one out at the first token, one at the end.
import { env, pipeline, TextStreamer } from './node_modules/@huggingface/transformers/dist/transformers.min.js';

env.allowLocalModels = false;
env.remoteHost = location.origin;
env.useBrowserCache = false;
env.backends.onnx.wasm.wasmPaths = new URL('./node_modules/onnxruntime-web/dist/', import.meta.url).href;

let generator;

async function load({ model, dtype, device, threads }) {
  const start = performance.now();
  env.backends.onnx.wasm.numThreads = threads;
  generator = await pipeline('text-generation', model, { dtype, device });
  return { loadMillis: performance.now() - start };
}

async function chat({ messages, tokens }) {
  const times = [];
  const streamer = new TextStreamer(generator.tokenizer, {
    skip_prompt: true,
    callback_function: () => {},
    token_callback_function: () => {
      if (times.push(performance.now()) === 1) {
        postMessage({ first: true });
      }
    },
  });
  const limits = tokens ? { min_new_tokens: tokens, max_new_tokens: tokens } : { max_new_tokens: 48 };
  const output = await generator(messages, { ...limits, do_sample: false, streamer });
  return {
    text: output[0].generated_text.at(-1).content,
    tokens: times.length,
    tokensPerSecond: (times.length - 1) / (times.at(-1) - times[0]) * 1000,
  };
}

onmessage = async ({ data }) => {
  try {
    postMessage(await (data.type === 'load' ? load(data) : chat(data)));
  } catch (error) {
    postMessage({ error: String(error?.message ?? error) });
  }
};
