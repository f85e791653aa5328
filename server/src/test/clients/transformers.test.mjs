// @huggingface/transformers as its users have it; only env.remoteHost is another one.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { env, pipeline } from '@huggingface/transformers';
import { MODEL, serve } from './server.mjs';

const goldens = JSON.parse(await readFile(
  new URL('../../../../shared/src/test/resources/goldens/tiny_chat_greedy.json', import.meta.url), 'utf8'));
let server;
let cache;

before(async () => {
  server = await serve();
  env.remoteHost = server.url;
  env.allowLocalModels = false;
  // Node's ONNX Runtime reads weights from files, so the library needs its cache; an empty one has everything fetched.
  cache = await mkdtemp(join(tmpdir(), 'samovar-transformers-'));
  env.cacheDir = cache;
});

after(async () => {
  await server.stop();
  await rm(cache, { recursive: true });
});

for (const dtype of ['fp32', 'q4', 'q8']) {
  test(`answers the goldens with ${dtype} through the mirror`, async () => {
    const generator = await pipeline('text-generation', MODEL, { dtype, device: 'cpu' });
    for (const golden of goldens.cases) {
      const output = await generator(golden.messages, { max_new_tokens: 48, do_sample: false });
      assert.equal(output[0].generated_text.at(-1).content, golden.text);
    }
    await generator.dispose();
  });
}

test('is told of a dtype that the model lacks', async () => {
  await assert.rejects(pipeline('text-generation', MODEL, { dtype: 'q1', device: 'cpu' }), /model_q1\.onnx/);
});
