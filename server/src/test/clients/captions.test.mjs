// Forms with pictures as fetch and curl send them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { PICTURES, picture, picturePath, serve } from './server.mjs';

const run = promisify(execFile);
const CAPTION = 'A red diamond, a yellow square and a yellow diamond.';
let server;

before(async () => {
  server = await serve();
});

after(() => server.stop());

async function form(fields, name = 'scene00.png') {
  const data = new FormData();
  data.set('model', PICTURES);
  data.set('dtype', 'fp32');
  for (const [field, value] of Object.entries(fields)) {
    data.set(field, value);
  }
  data.set('file', new Blob([await picture(name)], { type: 'image/png' }), name);
  return data;
}

const post = async (body, headers = {}) => fetch(`${server.url}/v1/captions`, { method: 'POST', body, headers });

/** What curl prints: the body, then the status on a line of its own. */
async function curl(...options) {
  const { stdout } = await run('curl', ['-sS', '-w', '\n%{http_code}', `${server.url}/v1/captions`, ...options], {
    maxBuffer: 1 << 24,
  });
  const end = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) };
}

test('fetch sends a FormData and reads the caption', async () => {
  const response = await post(await form({ task: '<CAPTION>' }));
  assert.equal(response.status, 200);
  const answer = await response.json();
  assert.equal(answer.task, '<CAPTION>');
  assert.equal(answer.text, CAPTION);
  assert.deepEqual(answer.result, { '<CAPTION>': CAPTION });
  assert.equal(answer.usage.prompt_tokens, 37 + 8);
  assert.ok(answer.timings.total_ms > answer.timings.preprocess_ms, JSON.stringify(answer.timings));
  assert.deepEqual(answer.image, { width: 207, height: 209 });
});

test('fetch reads a stream', async () => {
  const response = await post(await form({ task: '<CAPTION>', stream: 'true' }));
  const events = (await response.text()).trim().split('\n\n').map((event) => event.replace(/^data: /, ''));
  assert.equal(events.at(-1), '[DONE]');
  const deltas = events.slice(0, -2).map((event) => JSON.parse(event).delta);
  assert.equal(deltas.join(''), CAPTION);
  assert.ok(deltas.length > 5, `only ${deltas.length} pieces`);
  assert.deepEqual(JSON.parse(events.at(-2)).result, { '<CAPTION>': CAPTION });
});

test('curl sends a form as the README shows it', async () => {
  const { status, body } = await curl('-F', `file=@${picturePath('scene00.png')}`, '--form-string', 'task=<CAPTION>',
    '-F', 'dtype=fp32');
  assert.equal(status, 200, body);
  assert.equal(JSON.parse(body).text, CAPTION);
});

test('clients that send far too much read why it is refused', async () => {
  const large = new FormData();
  large.set('task', '<CAPTION>');
  large.set('file', new Blob([new Uint8Array(40_000_000)]), 'large.png');
  const response = await post(large);
  assert.equal(response.status, 413);
  assert.equal((await response.json()).error.param, 'file');
});

test('a page of another site is refused', async () => {
  const response = await post(await form({ task: '<CAPTION>' }), { Origin: 'https://evil.example' });
  assert.equal(response.status, 403);
  assert.equal((await response.json()).error.code, 'forbidden_origin');
});
