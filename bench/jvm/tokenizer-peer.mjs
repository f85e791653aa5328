// @huggingface/tokenizers, timed as samovar.jvm.bench.TokenizerBench is: node tokenizer-peer.mjs TEXT MODEL-FOLDER SECONDS
import { readFileSync } from 'node:fs';
import { Tokenizer } from '../browser/node_modules/@huggingface/tokenizers/dist/tokenizers.mjs';

const [text, model, seconds] = process.argv.slice(2);
const body = readFileSync(text, 'utf8');
const read = (name) => JSON.parse(readFileSync(`${model}/${name}`, 'utf8'));
const tokenizer = new Tokenizer(read('tokenizer.json'), read('tokenizer_config.json'));
let best = Infinity;
let tokens = 0;
for (const end = performance.now() + Number(seconds) * 1000; performance.now() < end;) {
  const start = performance.now();
  tokens = tokenizer.encode(body, { add_special_tokens: false }).ids.length;
  best = Math.min(best, performance.now() - start);
}
console.log(`${Buffer.byteLength(body) / best / 1000} ${tokens}`);
