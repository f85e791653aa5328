// The worker on WebGPU (Chromium's software adapter): the reference's tokens in every dtype that runs, the others refused.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startBrowser } from '../testkit/browser.mjs';
import { cases, chat, closesWhatItOpened, compare, few, load, model, openWorker, server, weightRequests } from '../testkit/worker-suite.mjs';

describe('webgpu', () => {
  let browser;
  before(async () => {
    browser = await startBrowser({ webgpu: true });
  });
  after(() => browser?.close());

  for (const [dtype, count] of [['fp32', cases.length], ['q4', cases.length], ['q8', few], ['int8', few], ['uint8', few], ['bnb4', few]]) {
    test(`answers as the reference in ${dtype}`, { timeout: 300_000 }, async () => {
      const worker = await openWorker(browser);
      await compare(worker, dtype, 'webgpu', count);
      await worker.stop();
    });
  }

  test('answers nonsense of more than 32 tokens, where close choices abound, as wasm does', { timeout: 120_000 }, async () => {
    const nonsense = [
      'does a cow city is the me a joke colour is snow city is the are you? is the capital city is the is the capital are you? is the + 9 is 1',
      'are you? does a cow\n is the capital is 1 city is the + 9 is 1\n\n does a cow colour is snow city is the is the capital is 3 are you?',
      'city is the me the colour\n me a joke does a cow colour is snow city is the me the colour is the capital me a joke is 1 colour is snow',
    ];
    const answers = [];
    for (const device of ['wasm', 'webgpu']) {
      const worker = await openWorker(browser);
      await load(worker, 'fp32', device);
      for (const content of nonsense) {
        const answer = (await chat(worker, [{ role: 'user', content }], { max_completion_tokens: 6, temperature: 0 })).at(-1);
        assert.ok(answer.prompt_tokens > 40, `${answer.prompt_tokens} tokens`);
        answers.push(answer.token_ids);
      }
      await worker.stop();
    }
    assert.deepEqual(answers.slice(nonsense.length), answers.slice(0, nonsense.length));
  });

  for (const dtype of ['fp16', 'q4f16']) {
    test(`refuses ${dtype} without shader-f16 and fetches no weights`, { timeout: 60_000 }, async () => {
      const worker = await openWorker(browser);
      const capabilities = await worker.last({ type: 'probe' });
      assert.equal(capabilities.shader_f16, false);
      assert.equal(capabilities.software_adapter, true);
      const from = server.requests.length;
      const refusal = await worker.last({ type: 'plan', model, dtype, device: 'webgpu' });
      assert.equal(refusal.type, 'plan_error');
      assert.equal(refusal.faults[0].kind, 'NEEDS_SHADER_F16');
      assert.deepEqual(weightRequests(from), []);
      await worker.stop();
    });
  }

  test('closes its tensors turn by turn, and all of them with the session when another model comes', { timeout: 300_000 }, async () => {
    await closesWhatItOpened(browser, 'webgpu');
  });

  test('stops within a token', { timeout: 120_000 }, async () => {
    const worker = await openWorker(browser);
    await load(worker, 'fp32', 'webgpu');
    const endless = { max_completion_tokens: 200, logit_bias: { 582: -100 } };
    const answer = (await chat(worker, cases[0].messages, endless, { cancelAfterDeltas: 3 })).at(-1);
    assert.equal(answer.reason, 'cancelled');
    assert.ok(answer.completion_tokens <= 6, `${answer.completion_tokens} tokens`);
    await worker.stop();
  });
});
