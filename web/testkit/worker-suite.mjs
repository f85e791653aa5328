// What the tests of the worker share: the test Hub, a worker in a page, and the comparison with the reference's answers.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { countsValues } from './prelude.mjs';
import { readJson, readText, startServer } from './server.mjs';
import { startWorker } from './worker-client.mjs';

export const model = 'bundled/tiny-chat';
export const { cases } = readJson('shared/src/test/resources/goldens/tiny_chat_greedy.json');
// The long form runs every case in every place: SAMOVAR_TEST_ALL=1
export const few = process.env.SAMOVAR_TEST_ALL ? cases.length : 3;

/** The test Hub; a live binding, since it starts before the first test. */
export let server;

before(async () => {
  server = await startServer();
});

after(() => server?.close());

/** A worker in a fresh page; `stop` ends both. */
export async function openWorker(browser, at = server, boot = 'worker-boot.js') {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${at.url}/app/blank.html`);
  return { ...(await startWorker(page, boot)), page, context, stop: () => context.close() };
}

/** A test Hub whose worker runs this script before its own; `scripts` stand in for others of the site, by their names. */
export function serverWith(script, scripts = {}, intercept = () => false) {
  const boot = (program) => `${script}; const { main } = await import('./${program}'); main(['worker']);`;
  const texts = { 'worker-boot.js': boot('samovar.js'), 'pictures-worker-boot.js': boot('samovar-pictures.js'), ...scripts };
  return startServer({
    intercept: (request, response) => {
      const text = texts[request.url.replace('/app/', '')];
      if (text) {
        response.writeHead(200, {
          'Content-Type': 'text/javascript',
          'Cross-Origin-Embedder-Policy': 'require-corp',
          'Cross-Origin-Resource-Policy': 'same-origin',
        }).end(text);
      }
      return text !== undefined || intercept(request, response);
    },
  });
}

/** A worker whose sessions and tensors of ONNX Runtime are counted: `live` tells how many there are. `intercept` is that of the test Hub. */
export async function openCountedWorker(browser, { intercept, boot } = {}) {
  const start = readText('web/src/ort-module.js');
  const counted = start.replace('return captured.wasm;', 'globalThis.countValues(captured.wasm); return captured.wasm;');
  assert.notEqual(counted, start);
  const hub = await serverWith(countsValues, { 'ort-module.js': counted }, intercept);
  const worker = await openWorker(browser, hub, boot);
  const live = () => worker.page.evaluate(() => new Promise((resolve) => {
    const channel = new BroadcastChannel('live');
    channel.onmessage = ({ data }) => resolve(data);
    channel.postMessage('ask');
  }));
  const stop = async () => {
    await worker.stop();
    await hub.close();
  };
  return { ...worker, live, stop };
}

/** Counts what ONNX Runtime holds: one session, and after every turn the KV cache that the next may go on from, never more. */
export async function closesWhatItOpened(browser, device) {
  const worker = await openCountedWorker(browser);
  const keysAndValues = 2 * readJson(`models/${model}/config.json`).num_hidden_layers;
  for (const dtype of ['fp32', 'q8']) {
    await load(worker, dtype, device);
    assert.deepEqual(await worker.live(), { sessions: 1, tensors: 0 }, `${dtype} loaded`);
    for (const golden of cases.slice(0, 2)) {
      const answer = (await chat(worker, golden.messages)).at(-1);
      assert.deepEqual(answer.token_ids, golden.token_ids);
      assert.deepEqual(await worker.live(), { sessions: 1, tensors: keysAndValues }, `${dtype} has answered`);
    }
  }
  await worker.stop();
}

export async function load(worker, dtype, device, id = model) {
  const { plan } = await worker.last({ type: 'plan', model: id, dtype, device });
  assert.ok(plan, `no plan for ${JSON.stringify(dtype)} on ${device}`);
  const events = await worker.ask({ type: 'load', plan });
  assert.equal(events.at(-1).type, 'loaded', JSON.stringify(events.at(-1)));
  return { plan, events };
}

export function chat(worker, messages, settings = {}, options = {}) {
  return worker.ask({ type: 'chat', request: { model, messages, max_completion_tokens: 48, ...settings } }, options);
}

export async function compare(worker, dtype, device, count) {
  await load(worker, dtype, device);
  assert.ok(count > 0 && count <= cases.length, `${count} of ${cases.length} cases`);
  for (const golden of cases.slice(0, count)) {
    const events = await chat(worker, golden.messages);
    const answer = events.at(-1);
    assert.equal(answer.type, 'finished', JSON.stringify(answer));
    assert.deepEqual(answer.token_ids, golden.token_ids, golden.text);
    assert.equal(answer.text, golden.text);
    assert.equal(answer.reason, golden.finish_reason);
    assert.equal(answer.prompt_tokens, golden.prompt_ids.length);
    assert.equal(answer.completion_tokens, golden.token_ids.length);
    const deltas = events.filter((event) => event.type === 'delta');
    assert.equal(deltas.map((event) => event.text).join(''), golden.text);
  }
}

export function weightRequests(from, to = server) {
  return to.requests.slice(from).filter((url) => url.includes('.onnx'));
}
