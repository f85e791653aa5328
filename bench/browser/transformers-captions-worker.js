// Transformers.js in a worker, asked for captions as Samovar's worker is: a picture's bytes in, a message at the first token, one at the end.
import {
  AutoProcessor, AutoTokenizer, env, Florence2ForConditionalGeneration, RawImage, TextStreamer,
} from './node_modules/@huggingface/transformers/dist/transformers.min.js';

env.allowLocalModels = false;
env.remoteHost = location.origin;
env.useBrowserCache = false;
env.backends.onnx.wasm.wasmPaths = new URL('./node_modules/onnxruntime-web/dist/', import.meta.url).href;

let model;
let processor;
let tokenizer;

async function load({ id, dtype, device, threads }) {
  env.backends.onnx.wasm.numThreads = threads;
  model = await Florence2ForConditionalGeneration.from_pretrained(id, { dtype, device });
  processor = await AutoProcessor.from_pretrained(id);
  tokenizer = await AutoTokenizer.from_pretrained(id);
  return {};
}

async function caption({ bytes, task, tokens }) {
  const start = performance.now();
  const image = await RawImage.fromBlob(new Blob([bytes]));
  const vision = await processor(image);
  const preprocessMillis = performance.now() - start;
  const text = tokenizer(processor.construct_prompts(task));
  let count = 0;
  const streamer = new TextStreamer(tokenizer, {
    skip_prompt: true,
    callback_function: () => {},
    token_callback_function: () => {
      // Of the first, which is <s>, Samovar tells nothing.
      if (++count === 2) {
        postMessage({ first: true });
      }
    },
  });
  const ids = await model.generate({ ...text, ...vision, max_new_tokens: tokens, streamer });
  const [raw] = tokenizer.batch_decode(ids, { skip_special_tokens: false });
  return { result: processor.post_process_generation(raw, task, image.size)[task], preprocessMillis };
}

onmessage = async ({ data }) => {
  try {
    postMessage(await (data.type === 'load' ? load(data) : caption(data)));
  } catch (error) {
    postMessage({ error: String(error?.message ?? error) });
  }
};
