// @huggingface/tokenizers in a worker, timed as samovar.client.selftest.TokenizerSpeed is.
import { Tokenizer } from './node_modules/@huggingface/tokenizers/dist/tokenizers.min.mjs';

onmessage = async ({ data: { model, text, seconds } }) => {
  const [json, config, body] = await Promise.all([
    fetch(`${model}/tokenizer.json`).then((response) => response.json()),
    fetch(`${model}/tokenizer_config.json`).then((response) => response.json()),
    fetch(text).then((response) => response.text()),
  ]);
  const tokenizer = new Tokenizer(json, config);
  const bytes = new TextEncoder().encode(body).length;
  let ids = tokenizer.encode(body).ids;
  let best = Infinity;
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    const start = performance.now();
    ids = tokenizer.encode(body).ids;
    best = Math.min(best, performance.now() - start);
  }
  postMessage({ megabytesPerSecond: bytes / best / 1000, tokens: ids.length });
};
