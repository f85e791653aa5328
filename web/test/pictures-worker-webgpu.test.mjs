// Pictures in the worker on WebGPU (Chromium's software adapter): the reference's captions in the dtypes that run, the others refused.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startBrowser } from '../testkit/browser.mjs';
import {
  captionTasks, compareCaptions, compareObjects, documentedMix, florence, loadFlorence, openPictures, scenes, sureScenes,
} from '../testkit/picture-suite.mjs';
import { server, weightRequests } from '../testkit/worker-suite.mjs';

const all = Boolean(process.env.SAMOVAR_TEST_ALL);
const pictures = all ? scenes : sureScenes.slice(0, 2);
const tasks = all ? captionTasks : captionTasks.slice(0, 1);

describe('pictures on webgpu', () => {
  let browser;
  before(async () => {
    browser = await startBrowser({ webgpu: true });
  });
  after(() => browser?.close());

  for (const dtype of ['fp32', 'q4', ...(all ? ['q8', 'int8', 'uint8', 'bnb4'] : [])]) {
    test(`says what the reference says in ${dtype}`, { timeout: 900_000 }, async () => {
      const worker = await openPictures(browser);
      await loadFlorence(worker, dtype, 'webgpu');
      assert.ok(await compareCaptions(worker, pictures, tasks) >= pictures.length);
      await compareObjects(worker, all ? sureScenes : sureScenes.slice(0, 1));
      await worker.stop();
    });
  }

  test('refuses the documented dtypes without shader-f16 and fetches no weights', { timeout: 60_000 }, async () => {
    const worker = await openPictures(browser);
    const from = server.requests.length;
    const refusal = await worker.last({ type: 'plan', model: florence, dtype: documentedMix, device: 'webgpu' });
    assert.equal(refusal.type, 'plan_error');
    assert.deepEqual(refusal.faults.map(({ kind, module, asked }) => `${kind} ${module} ${asked}`), [
      'NEEDS_SHADER_F16 embed_tokens fp16',
      'NEEDS_SHADER_F16 vision_encoder fp16',
    ]);
    assert.match(refusal.faults[0].message, /without it run fp32/);
    assert.deepEqual(weightRequests(from), []);
    await worker.stop();
  });
});
