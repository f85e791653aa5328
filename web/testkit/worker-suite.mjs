// What the tests of the worker share: the test Hub, a worker in a page, and the comparison with the reference's answers.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { readJson, startServer } from './server.mjs';
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
export async function openWorker(browser, at = server) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${at.url}/app/blank.html`);
  return { ...(await startWorker(page)), page, context, stop: () => context.close() };
}

export async function load(worker, dtype, device) {
  const { plan } = await worker.last({ type: 'plan', model, dtype, device });
  assert.ok(plan, `no plan for ${dtype} on ${device}`);
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
