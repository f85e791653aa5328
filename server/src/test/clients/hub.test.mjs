// @huggingface/hub as its users have it; only hubUrl is another one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { downloadFile, fileDownloadInfo, fileExists, listFiles, modelInfo } from '@huggingface/hub';
import { MODEL, serve } from './server.mjs';

let server;
let at;

before(async () => {
  server = await serve();
  at = { repo: MODEL, hubUrl: server.url };
});

after(() => server.stop());

test('lists the files', async () => {
  const files = new Map();
  for await (const file of listFiles({ ...at, recursive: true })) {
    files.set(file.path, file);
  }
  assert.equal(files.get('onnx').type, 'directory');
  assert.ok(files.get('onnx/model_q4.onnx').size > 500_000);
  assert.ok(files.has('tokenizer.json'));
  const top = [];
  for await (const file of listFiles(at)) {
    top.push(file.path);
  }
  assert.ok(top.includes('onnx') && !top.includes('onnx/model_q4.onnx'));
});

test('tells of the model', async () => {
  const info = await modelInfo({ name: MODEL, hubUrl: server.url, additionalFields: ['sha'] });
  assert.equal(info.name, MODEL);
  assert.match(info.sha, /^[0-9a-f]{40}$/);
});

test('downloads a file, and a part of it', async () => {
  const blob = await downloadFile({ ...at, path: 'config.json' });
  assert.equal(JSON.parse(await blob.text()).model_type, 'qwen2');
  const weights = await downloadFile({ ...at, path: 'onnx/model_q4.onnx' });
  const info = await fileDownloadInfo({ ...at, path: 'onnx/model_q4.onnx' });
  assert.equal(weights.size, info.size);
  const whole = new Uint8Array(await weights.arrayBuffer());
  assert.equal(whole.length, info.size);
  const part = new Uint8Array(await weights.slice(1000, 2000).arrayBuffer());
  assert.deepEqual(part, whole.slice(1000, 2000));
});

test('learns that a file, a revision or a model does not exist', async () => {
  assert.equal(await fileExists({ ...at, path: 'config.json' }), true);
  assert.equal(await fileExists({ ...at, path: 'none.json' }), false);
  assert.equal(await downloadFile({ ...at, path: 'none.json' }), null);
  await assert.rejects(modelInfo({ name: 'org/none', hubUrl: server.url }), (error) => error.statusCode === 404);
});
