// The openai SDK as its users have it; only the address is another one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import OpenAI from 'openai';
import { MODEL, PICTURES, metric, picture, serve } from './server.mjs';

const messages = [{ role: 'user', content: 'What is 3 plus 4?' }];
let server;
let client;

before(async () => {
  server = await serve();
  client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'unused', maxRetries: 0 });
});

after(() => server.stop());

test('lists the models', async () => {
  const ids = [];
  for await (const model of client.models.list()) {
    assert.equal(model.object, 'model');
    ids.push(model.id);
  }
  assert.ok(ids.includes(MODEL), `${MODEL} is not among ${ids}`);
});

test('finds one model by its id, whose slash the SDK escapes', async () => {
  assert.equal((await client.models.retrieve(MODEL)).id, MODEL);
});

test('chats', async () => {
  const completion = await client.chat.completions.create({ model: MODEL, messages, temperature: 0 });
  assert.equal(completion.object, 'chat.completion');
  assert.equal(completion.choices[0].message.role, 'assistant');
  assert.equal(completion.choices[0].message.content, '3 plus 4 is 7.');
  assert.equal(completion.choices[0].finish_reason, 'stop');
  assert.deepEqual(completion.usage, { prompt_tokens: 27, completion_tokens: 9, total_tokens: 36 });
});

test('streams, with usage where asked for', async () => {
  const stream = await client.chat.completions.create({
    model: MODEL, messages, temperature: 0, stream: true, stream_options: { include_usage: true },
  });
  let text = '';
  let finish = null;
  let usage = null;
  let chunks = 0;
  for await (const chunk of stream) {
    chunks++;
    text += chunk.choices[0]?.delta?.content ?? '';
    finish = chunk.choices[0]?.finish_reason ?? finish;
    usage = chunk.usage ?? usage;
  }
  assert.equal(text, '3 plus 4 is 7.');
  assert.equal(finish, 'stop');
  assert.equal(usage.completion_tokens, 9);
  assert.ok(chunks > 5, `only ${chunks} chunks`);
});

test("streams through the SDK's helper, which checks the order of the chunks", async () => {
  const deltas = [];
  const runner = client.chat.completions
    .stream({ model: MODEL, messages, temperature: 0 })
    .on('content', (delta) => deltas.push(delta));
  assert.equal(await runner.finalContent(), '3 plus 4 is 7.');
  assert.equal(deltas.join(''), '3 plus 4 is 7.');
});

test('takes the sampling fields', async () => {
  const ask = (seed) => client.chat.completions.create({
    model: MODEL, messages: [{ role: 'user', content: 'Hello' }], temperature: 2, top_p: 0.99, seed, max_completion_tokens: 12,
  });
  const [first, second] = [await ask(5), await ask(5)];
  assert.equal(first.choices[0].message.content, second.choices[0].message.content);
  assert.ok(first.usage.completion_tokens <= 12);
});

test('gets errors of the right class, with the field', async () => {
  const failing = (body) => client.chat.completions.create({ model: MODEL, messages, ...body });
  await assert.rejects(failing({ top_p: 3 }), (error) =>
    error instanceof OpenAI.BadRequestError && error.param === 'top_p' && /from 0 to 1, found 3/.test(error.message));
  await assert.rejects(failing({ model: 'org/none' }), (error) =>
    error instanceof OpenAI.NotFoundError && error.code === 'model_not_found' && error.message.includes(MODEL));
  await assert.rejects(failing({ n: 2 }), (error) => error instanceof OpenAI.BadRequestError && error.param === 'n');
  await assert.rejects(
    failing({ messages: [{ role: 'user', content: 'plus '.repeat(5000) }], stream: true }),
    (error) => error.status === 400 && error.code === 'context_length_exceeded');
});

const dataUri = async (name) => `data:image/png;base64,${(await picture(name)).toString('base64')}`;
const look = async (text, name = 'scene00.png') => ({
  model: PICTURES,
  dtype: 'fp32',
  messages: [{
    role: 'user',
    content: [{ type: 'text', text }, { type: 'image_url', image_url: { url: await dataUri(name) } }],
  }],
});
const CAPTION = 'A red diamond, a yellow square and a yellow diamond.';

test('has a picture described', async () => {
  const completion = await client.chat.completions.create(await look('<CAPTION>'));
  assert.equal(completion.choices[0].message.content, CAPTION);
  assert.equal(completion.choices[0].finish_reason, 'stop');
  assert.deepEqual(completion.result, { '<CAPTION>': CAPTION });
  assert.equal(completion.usage.prompt_tokens, 37 + 8);
});

test('has a picture described in words as they come', async () => {
  const stream = await client.chat.completions.create({ ...(await look('What does the image describe?')), stream: true });
  const pieces = [];
  let result;
  for await (const chunk of stream) {
    pieces.push(chunk.choices[0]?.delta?.content ?? '');
    result = chunk.result ?? result;
  }
  assert.equal(pieces.join(''), CAPTION);
  assert.ok(pieces.filter(Boolean).length > 5, `only ${pieces.length} pieces`);
  assert.deepEqual(result, { '<CAPTION>': CAPTION });
});

test('gets what is in a picture, and where, as JSON', async () => {
  const completion = await client.chat.completions.create(await look('<OD>', 'scene01.png'));
  const found = JSON.parse(completion.choices[0].message.content);
  assert.deepEqual(found.labels, ['purple star']);
  assert.equal(found.bboxes[0].length, 4);
  assert.deepEqual(completion.result['<OD>'], found);
  const runner = client.chat.completions.stream(await look('<OD>', 'scene01.png'));
  assert.deepEqual(JSON.parse(await runner.finalContent()), found);
});

test('is told why a picture is not looked at', async () => {
  const failing = async (url, model = PICTURES) => client.chat.completions.create({
    model,
    messages: [{ role: 'user', content: [{ type: 'text', text: '<CAPTION>' }, { type: 'image_url', image_url: { url } }] }],
  });
  await assert.rejects(failing('https://example.org/cat.png'), (error) =>
    error instanceof OpenAI.BadRequestError && error.param === 'messages[0].content[1].image_url.url' &&
    error.message.includes('data URI'));
  await assert.rejects(failing(await dataUri('scene00.png'), MODEL), (error) =>
    error instanceof OpenAI.BadRequestError && /reads text alone/.test(error.message));
});

test('ends the run when it aborts', async () => {
  const cancelled = () => metric(server.url, 'samovar_turns_total{reason="cancelled"}');
  const before = await cancelled();
  const stream = await client.chat.completions.create({
    model: MODEL, messages, temperature: 0, min_tokens: 400, max_tokens: 400, stream: true,
  });
  for await (const chunk of stream) {
    if (chunk.choices[0]?.delta?.content) {
      stream.controller.abort();
      break;
    }
  }
  const deadline = Date.now() + 5000;
  while ((await cancelled()) === before) {
    assert.ok(Date.now() < deadline, 'the turn went on for 5 s after the abort');
  }
});
