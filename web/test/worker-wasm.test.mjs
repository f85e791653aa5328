// The worker on onnxruntime-web's CPU: tiny-chat gives the reference's tokens in every dtype, and says no before it fetches.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startBrowser } from '../testkit/browser.mjs';
import { slowTurns } from '../testkit/prelude.mjs';
import { runSelfTest } from '../testkit/self-test.mjs';
import { files, stored } from '../testkit/storage.mjs';
import { startServer } from '../testkit/server.mjs';
import { startWorker } from '../testkit/worker-client.mjs';
import {
  cases, chat, closesWhatItOpened, compare, load, model, openWorker, server, serverWith, weightRequests,
} from '../testkit/worker-suite.mjs';

// A file takes half a second from its check to its place in the storage, in which a cancel comes.
const slowMove = `
  const move = FileSystemFileHandle.prototype.move;
  FileSystemFileHandle.prototype.move = async function (...request) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return move.apply(this, request);
  }`;

describe('wasm', () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  for (const dtype of ['fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'q4f16', 'bnb4']) {
    test(`answers as the reference in ${dtype}`, { timeout: 120_000 }, async () => {
      const worker = await openWorker(browser);
      await compare(worker, dtype, 'wasm', cases.length);
      await worker.stop();
    });
  }

  test('answers as the reference in fp32 and q8 compiled to WasmGC', { timeout: 240_000 }, async () => {
    const lines = await runSelfTest(browser, server, 'wasm', 'wasm', 'fp32,q8', cases.length);
    assert.deepEqual(lines.filter((line) => !line.startsWith('ok ')), [`done: ${2 * cases.length} cases, 0 failed`]);
    assert.equal(lines.length, 2 * cases.length + 1);
  });

  test('tells the bytes of a download and finds them kept the next time', { timeout: 120_000 }, async () => {
    const worker = await openWorker(browser);
    const first = await load(worker, 'q8', 'wasm');
    const downloads = first.events.filter((event) => event.phase === 'downloading');
    const total = first.plan.total_bytes;
    assert.ok(downloads.every((event) => event.total_bytes === total && !event.from_cache));
    assert.equal(downloads.at(-1).loaded_bytes, total);
    assert.deepEqual(
      [...new Set(first.events.map((event) => event.phase ?? event.type))],
      ['listing', 'downloading', 'verifying', 'compiling', 'warming', 'ready', 'loaded'],
    );
    const again = await worker.page.context().newPage();
    await again.goto(`${server.url}/app/blank.html`);
    const from = server.requests.length;
    const second = await load(await startWorker(again), 'q8', 'wasm');
    assert.deepEqual(weightRequests(from), []);
    assert.ok(second.events.find((event) => event.phase === 'downloading').from_cache);
    await worker.stop();
  });

  test('stops an endless answer within a token of hearing of it', { timeout: 120_000 }, async () => {
    const slow = await serverWith(slowTurns);
    const worker = await openWorker(browser, slow);
    await load(worker, 'fp32', 'wasm');
    const endless = { max_completion_tokens: 900, logit_bias: { 582: -100 } };
    const events = await chat(worker, cases[0].messages, endless, { cancelAfterDeltas: 2 });
    const answer = events.at(-1);
    assert.equal(answer.reason, 'cancelled');
    // Two that were told, the one in the making, and those of the half second that a busy machine may take to carry the word.
    assert.ok(answer.completion_tokens <= 8, `${answer.completion_tokens} tokens`);
    const next = (await chat(worker, cases[0].messages)).at(-1);
    assert.deepEqual(next.token_ids, cases[0].token_ids);
    await worker.stop();
    await slow.close();
  });

  test('closes its tensors turn by turn, and all of them with the session when another model comes', { timeout: 120_000 }, async () => {
    await closesWhatItOpened(browser, 'wasm');
  });

  test('goes on from a conversation without reading it again', { timeout: 120_000 }, async () => {
    const worker = await openWorker(browser);
    await load(worker, 'fp32', 'wasm');
    const turns = cases.find((golden) => golden.messages.filter(({ role }) => role === 'user').length > 1);
    const firstQuestion = turns.messages.findIndex(({ role }) => role === 'user');
    const first = (await chat(worker, turns.messages.slice(0, firstQuestion + 1))).at(-1);
    assert.equal(first.cached_tokens, 0);
    assert.equal(first.text, turns.messages[firstQuestion + 1].content);
    const second = (await chat(worker, turns.messages.slice(0, firstQuestion + 3))).at(-1);
    // All that was read and said but the last token, which was chosen and never run.
    assert.equal(second.cached_tokens, first.prompt_tokens + first.completion_tokens - 1);
    assert.deepEqual((await chat(worker, turns.messages)).at(-1).token_ids, turns.token_ids);
    await worker.stop();
  });

  test('a cancel that comes while a file is checked is not lost', { timeout: 120_000 }, async () => {
    const slow = await serverWith(slowMove);
    const worker = await openWorker(browser, slow);
    const { plan } = await worker.last({ type: 'plan', model, dtype: 'q8', device: 'wasm' });
    const events = await worker.ask({ type: 'load', plan }, { cancelAt: 'verifying' });
    assert.equal(events.at(-1).type, 'error');
    assert.equal(events.at(-1).kind, 'load');
    assert.match(events.at(-1).problem, /cancelled/);
    assert.ok(!events.some((event) => event.phase === 'compiling'), 'nothing is compiled after the cancel');
    await load(worker, 'q8', 'wasm');
    await worker.stop();
    await slow.close();
  });

  test('a model that works replaces what an earlier commit of it has left', { timeout: 120_000 }, async () => {
    const worker = await openWorker(browser);
    const texts = () => worker.page.evaluate(async () => {
      const cache = await caches.open('samovar-models-1');
      return (await cache.keys()).map((request) => new URL(request.url).pathname);
    });
    const old = `/${model}/resolve/${'0'.repeat(40)}/notes.json`;
    const other = `/bundled/other/resolve/${'0'.repeat(40)}/notes.json`;
    await worker.page.evaluate(async (paths) => {
      const cache = await caches.open('samovar-models-1');
      await Promise.all(paths.map((path) => cache.put(path, new Response('old'))));
    }, [old, other]);
    const { plan } = await worker.last({ type: 'plan', model, dtype: 'q8', device: 'wasm' });
    const earlier = { ...plan, commit: '0'.repeat(40) };
    assert.equal((await worker.last({ type: 'load', plan: earlier })).type, 'loaded');
    assert.deepEqual((await stored(worker.page)).map(({ commit }) => commit), [earlier.commit]);
    const from = server.requests.length;
    await load(worker, 'q8', 'wasm');
    assert.deepEqual(weightRequests(from), [], 'the same content has another name now');
    assert.deepEqual((await stored(worker.page)).map(({ commit }) => commit), [plan.commit]);
    assert.equal((await files(worker.page)).length, 1);
    const left = await texts();
    assert.ok(!left.includes(old), left.join('\n'));
    assert.ok(left.includes(other), 'another model keeps its files');
    await worker.stop();
  });

  test('names the file where it is missing, cut short or changed', { timeout: 120_000 }, async () => {
    for (const [how, kind, words, answer] of [
      ['missing', 'load', /model_quantized\.onnx of bundled\/tiny-chat.*status 404/, (response) => response.writeHead(404).end()],
      ['short', 'load', /model_quantized\.onnx.*bytes, and 5 came/, (response) => response.writeHead(200).end('short')],
    ]) {
      const broken = await startServer({
        intercept: (request, response) => {
          const weights = request.url.includes('model_quantized.onnx');
          if (weights) {
            response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
            answer(response);
          }
          return weights;
        },
      });
      const worker = await openWorker(browser, broken);
      const { plan } = await worker.last({ type: 'plan', model, dtype: 'q8', device: 'wasm' });
      const error = await worker.last({ type: 'load', plan });
      assert.equal(error.type, 'error', how);
      assert.equal(error.kind, kind, how);
      assert.match(error.problem, words, how);
      await worker.stop();
      await broken.close();
    }
    const worker = await openWorker(browser);
    const { plan } = await worker.last({ type: 'plan', model, dtype: 'q8', device: 'wasm' });
    plan.modules[0].files[0].sha256 = '0'.repeat(64);
    const error = await worker.last({ type: 'load', plan });
    assert.match(error.problem ?? '', /model_quantized\.onnx.*sha256/);
    await worker.stop();
  });

  test('says what is wrong with a plan, with what is allowed', { timeout: 60_000 }, async () => {
    const worker = await openWorker(browser);
    const from = server.requests.length;
    const typo = await worker.last({ type: 'plan', model, dtype: 'q44', device: 'wasm' });
    assert.equal(typo.type, 'plan_error');
    assert.match(typo.faults[0].message, /unknown dtype "q44".*fp32.*q4f16/);
    const noGpu = await worker.last({ type: 'plan', model, dtype: 'fp32', device: 'webgpu' });
    assert.equal(noGpu.faults[0].kind, 'DEVICE_NOT_OFFERED');
    const missing = await worker.last({ type: 'plan', model: 'bundled/nothing', dtype: 'fp32', device: 'wasm' });
    assert.equal(missing.kind, 'unknown_model');
    assert.match(missing.problem, /bundled\/nothing/);
    assert.deepEqual(weightRequests(from), []);
    await worker.stop();
  });
});
