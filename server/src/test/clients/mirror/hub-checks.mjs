// What @huggingface/hub must find at a place; only hubUrl is another one.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { downloadFile, fileDownloadInfo, fileExists, listFiles, listModels, modelInfo, snapshotDownload } from '@huggingface/hub';
import { MODEL, sha256 } from './world.mjs';

const WEIGHTS = 'onnx/model_fp16.onnx';

async function all(generator) {
  const values = [];
  for await (const value of generator) {
    values.push(value);
  }
  return values;
}

/** @param place as in python-checks.mjs */
export function checkHub(place) {
  const { commits: { main, pull } } = place;
  let at;

  before(() => {
    // The library tells of each file that it downloads.
    console.debug = () => {};
    at = { repo: MODEL, hubUrl: place.url(), ...(place.xet ? {} : { xet: false }) };
  });

  test('@huggingface/hub lists the files', async () => {
    const files = await all(listFiles({ ...at, recursive: true }));
    const byPath = new Map(files.map((file) => [file.path, file]));
    assert.equal(byPath.get('onnx').type, 'directory');
    for (const { path, size, oid, sha256: hash } of main.files) {
      const file = byPath.get(path);
      assert.deepEqual([file.type, file.size, file.oid, file.lfs?.oid], ['file', size, oid, hash]);
    }
    assert.equal(files.length, main.files.length + 2);
  });

  test('@huggingface/hub tells of the model, and finds it', async () => {
    const info = await modelInfo({ name: MODEL, hubUrl: place.url(), additionalFields: ['sha'] });
    assert.deepEqual([info.name, info.sha, info.private], [MODEL, main.sha, false]);
    const other = await modelInfo({ name: MODEL, hubUrl: place.url(), additionalFields: ['sha'], revision: 'refs/pr/1' });
    assert.equal(other.sha, pull.sha);
    const found = await all(listModels({ hubUrl: place.url(), search: { query: 'tiny', owner: 'teahouse' } }));
    assert.deepEqual(found.map(({ name }) => name).sort(), place.answers ? [MODEL, 'teahouse/tiny-tea'] : [MODEL]);
  });

  test('@huggingface/hub knows what a file is before it has it', async () => {
    const file = main.find(WEIGHTS);
    const info = await fileDownloadInfo({ ...at, path: WEIGHTS });
    assert.deepEqual([info.size, info.etag], [file.size, `"${file.sha256}"`]);
    assert.equal(info.xet === undefined, place.xet, 'chunks are offered by the Hub alone');
    assert.equal(await fileExists({ ...at, path: WEIGHTS }), true);
    assert.equal(await fileExists({ ...at, path: 'none.json' }), false);
  });

  test('@huggingface/hub downloads a file, a part of it, and nothing that is not there', async () => {
    const bytes = main.find(WEIGHTS).read();
    const blob = await downloadFile({ ...at, path: WEIGHTS });
    assert.equal(sha256(Buffer.from(await blob.arrayBuffer())), sha256(bytes));
    const slice = Buffer.from(await blob.slice(1000, 70_000).arrayBuffer());
    assert.ok(slice.equals(bytes.subarray(1000, 70_000)));
    assert.equal(await downloadFile({ ...at, path: 'none.json' }), null);
  });

  test('@huggingface/hub downloads a snapshot', async () => {
    const cacheDir = join(place.home, 'js');
    const folder = await snapshotDownload({ ...at, cacheDir });
    assert.equal(folder, join(cacheDir, 'models--teahouse--tiny-chat', 'snapshots', main.sha));
    for (const file of main.files) {
      assert.equal(sha256(await readFile(join(folder, file.path))), sha256(file.read()), file.path);
    }
  });

  if (place.answers) {
    test('@huggingface/hub is told what does not exist', async () => {
      const isRefusal = (error) => [401, 404].includes(error.statusCode);
      await assert.rejects(modelInfo({ name: 'teahouse/none', hubUrl: place.url() }), isRefusal);
      await assert.rejects(modelInfo({ name: MODEL, hubUrl: place.url(), revision: 'none' }), isRefusal);
      await assert.rejects(all(listFiles({ ...at, path: 'none' })), isRefusal);
    });
  }
}
