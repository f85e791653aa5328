// Pictures in the worker on onnxruntime-web's CPU: the small Florence-2 gives the reference's captions, in the documented dtypes too.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startBrowser } from '../testkit/browser.mjs';
import {
  boot, caption, captionTasks, compareCaptions, compareLarge, compareObjects, documentedMix, large, largeBytes, largeHalfEdges, largeTasks, largeWays,
  loadFlorence, openPictures, planFlorence, scenes, sureScenes,
} from '../testkit/picture-suite.mjs';
import { slowTurns } from '../testkit/prelude.mjs';
import { startWorker } from '../testkit/worker-client.mjs';
import { load, openCountedWorker, server, serverWith, weightRequests } from '../testkit/worker-suite.mjs';

const all = Boolean(process.env.SAMOVAR_TEST_ALL);
const tasksOfTheLarge = all ? largeTasks : largeTasks.slice(0, 1);

describe('pictures on wasm', () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  test('says what the reference says in the documented dtypes', { timeout: 300_000 }, async () => {
    const worker = await openPictures(browser);
    await loadFlorence(worker, documentedMix, 'wasm');
    assert.equal(await compareCaptions(worker, scenes), 30);
    await compareObjects(worker, sureScenes);
    await worker.stop();
  });

  for (const dtype of ['fp32', ...(all ? ['fp16', 'q8', 'int8', 'uint8', 'q4', 'q4f16', 'bnb4'] : [])]) {
    test(`says what the reference says in ${dtype}`, { timeout: 300_000 }, async () => {
      const worker = await openPictures(browser);
      await loadFlorence(worker, dtype, 'wasm');
      const some = all ? sureScenes : sureScenes.slice(0, 3);
      assert.equal(await compareCaptions(worker, some), captionTasks.length * some.length);
      await worker.stop();
    });
  }

  test('searches with three beams as the reference does', { timeout: 300_000 }, async () => {
    const worker = await openPictures(browser);
    await loadFlorence(worker, 'fp32', 'wasm');
    assert.ok(await compareCaptions(worker, scenes, captionTasks, { num_beams: 3 }, 'beam3_ids') >= 10);
    await worker.stop();
  });

  test('with the geometry of the original: greedy, without repetitions and with three beams as the reference', { timeout: 300_000 }, async () => {
    const worker = await openPictures(browser);
    await load(worker, 'fp32', 'wasm', large);
    assert.equal(await compareLarge(worker, tasksOfTheLarge), tasksOfTheLarge.length * largeWays.length);
    await worker.stop();
  });

  for (const [id, edges] of [[large, 'single'], [largeHalfEdges, 'half']]) {
    test(`with that geometry in the documented dtypes, their edges in ${edges} precision`, { timeout: 300_000 }, async () => {
      const worker = await openPictures(browser);
      const { plan } = await load(worker, documentedMix, 'wasm', id);
      assert.equal(plan.total_bytes, largeBytes(edges === 'half' ? '_fp16io' : '_fp16'));
      const ways = ['greedy', 'beam3_no_repeat_ngram_3'];
      assert.equal(await compareLarge(worker, tasksOfTheLarge, ways), tasksOfTheLarge.length * ways.length);
      await worker.stop();
    });
  }

  test('tells the bytes of all modules together, and finds them kept the next time', { timeout: 120_000 }, async () => {
    const worker = await openPictures(browser);
    const first = await loadFlorence(worker, documentedMix, 'wasm');
    const downloads = first.events.filter((event) => event.phase === 'downloading');
    const total = first.plan.total_bytes;
    assert.ok(downloads.every((event) => event.total_bytes === total && !event.from_cache));
    assert.deepEqual(downloads, [...downloads].sort((a, b) => a.loaded_bytes - b.loaded_bytes));
    assert.equal(downloads.at(-1).loaded_bytes, total);
    assert.ok(downloads.every((event) => event.module === ''), 'the files of all modules come at once');
    const phases = ['listing', 'downloading', 'verifying', 'compiling', 'warming', 'ready'];
    const told = first.events.filter((event) => phases.includes(event.phase)).map((event) => phases.indexOf(event.phase));
    assert.deepEqual(told, [...told].sort((a, b) => a - b));
    const compiled = first.events.filter((event) => event.phase === 'compiling').map((event) => event.module);
    assert.deepEqual([...new Set(compiled)].sort(), ['decoder_model_merged', 'embed_tokens', 'encoder_model', 'vision_encoder']);
    assert.equal(first.events.at(-2).phase, 'ready');
    const again = await worker.page.context().newPage();
    await again.goto(`${server.url}/app/blank.html`);
    const from = server.requests.length;
    const second = await loadFlorence(await startWorker(again, boot), documentedMix, 'wasm');
    assert.deepEqual(weightRequests(from), []);
    assert.ok(second.events.filter((event) => event.phase === 'downloading').every((event) => event.from_cache));
    await worker.stop();
  });

  test('stops within a token of hearing of it, and looks at the next picture', { timeout: 120_000 }, async () => {
    const slow = await serverWith(slowTurns);
    const worker = await openPictures(browser, slow);
    await loadFlorence(worker, documentedMix, 'wasm');
    const [golden] = sureScenes;
    // The eos is kept away, so that only a stop ends it.
    const endless = { max_new_tokens: 900, min_new_tokens: 900 };
    const stopped = (await caption(worker, golden.image, '<CAPTION>', endless, { cancelAfterDeltas: 2 })).at(-1);
    assert.equal(stopped.type, 'finished', JSON.stringify(stopped));
    assert.equal(stopped.reason, 'cancelled');
    // Two that were told, the one in the making, and those of the half second that a busy machine may take to carry the word.
    assert.ok(stopped.completion_tokens <= 8, `${stopped.completion_tokens} tokens`);
    assert.equal(await compareCaptions(worker, [golden], ['<CAPTION>']), 1);
    await worker.stop();
    await slow.close();
  });

  test('closes what it opened picture by picture, and all of it when another model comes', { timeout: 300_000 }, async () => {
    const worker = await openCountedWorker(browser, { boot });
    await loadFlorence(worker, documentedMix, 'wasm');
    const loaded = await worker.live();
    assert.equal(loaded.sessions, 4);
    const held = [];
    for (const [golden, settings] of [[scenes[0], {}], [scenes[1], {}], [scenes[1], { num_beams: 3 }], [scenes[4], {}]]) {
      await caption(worker, golden.image, '<CAPTION>', { max_new_tokens: 12, ...settings });
      held.push((await worker.live()).tensors);
    }
    const [one] = held;
    assert.ok(held.every((count) => count <= 3 * one) && held[1] === one && held[3] === one, `tensors held: ${held}`);
    await loadFlorence(worker, 'q8', 'wasm');
    assert.deepEqual(await worker.live(), loaded);
    await worker.stop();
  });

  test('frees what was opened where a later module is missing, and says which', { timeout: 120_000 }, async () => {
    const missing = /decoder_model_merged_q4\.onnx/;
    const worker = await openCountedWorker(browser, {
      boot,
      intercept: (request, response) => {
        const refused = missing.test(request.url);
        if (refused) {
          response.writeHead(404, { 'Cross-Origin-Resource-Policy': 'same-origin' }).end();
        }
        return refused;
      },
    });
    const { plan } = await planFlorence(worker, documentedMix, 'wasm');
    const failed = await worker.last({ type: 'load', plan });
    assert.equal(failed.type, 'error');
    assert.equal(failed.kind, 'load');
    assert.match(failed.problem, missing);
    assert.deepEqual(await worker.live(), { sessions: 0, tensors: 0 });
    await worker.stop();
  });

  test('says what is wrong with a picture or a task, and goes on', { timeout: 120_000 }, async () => {
    const worker = await openPictures(browser);
    const early = (await caption(worker, scenes[0].image, '<CAPTION>')).at(-1);
    assert.equal(early.kind, 'closed');
    await loadFlorence(worker, documentedMix, 'wasm');
    const damaged = (await caption(worker, '../generation.json', '<CAPTION>')).at(-1);
    assert.equal(damaged.kind, 'invalid_request');
    assert.match(damaged.problem, /png|jpeg/i);
    const unknown = (await caption(worker, scenes[0].image, '<CAPTIONS>')).at(-1);
    assert.equal(unknown.kind, 'invalid_request');
    assert.match(unknown.problem, /<CAPTIONS>.*<CAPTION>, <DETAILED_CAPTION>/);
    assert.equal(await compareCaptions(worker, [sureScenes[0]], ['<CAPTION>']), 1);
    await worker.stop();
  });
});
