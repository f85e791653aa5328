// What huggingface_hub must find at a place: the same bytes under the same commits as on the Hub, and its own errors.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { GATED, LARGE, MODEL, NOTE, python, sha256 } from './world.mjs';

const PATTERN = /\.json$|^onnx\/model_q4\.onnx$/;

function assertStored(found, repository, commit, path) {
  const file = commit.find(path);
  assert.deepEqual(found, {
    path: `models--${repository.replace('/', '--')}/snapshots/${commit.sha}/${path}`,
    blob: file.sha256 ?? file.oid,
    sha256: sha256(file.read()),
  });
}

/** The value of a step, or its error as a failure. */
function value(results, step) {
  const result = results[step];
  assert.ok(result && !result.error, `${step}: ${result?.error?.[0]}: ${result?.message}\n${results.warnings}`);
  return result.value;
}

function assertRefused(results, step, kind) {
  assert.ok(results[step].error?.includes(kind), `${step}: ${JSON.stringify(results[step])} is no ${kind}`);
}

/**
 * @param place `url()`, `home` of the client there, whether it may use `xet`, `commits`, and whether the Hub `answers`; `cut()`
 *   prepares a cut in the large file and returns how often it was cut
 */
export function checkPython(place) {
  const { commits: { main, pull, bulk } } = place;
  let found;

  before(async () => {
    found = await python('everything', place.url(), place.home, place);
  });

  test('huggingface_hub downloads files, each under its commit, with the names that the Hub has for contents', () => {
    assertStored(value(found, 'a small file'), MODEL, main, 'config.json');
    assertStored(value(found, 'weights'), MODEL, main, 'onnx/model_q4.onnx');
    assertStored(value(found, 'a name with a space and letters beyond ASCII'), MODEL, main, NOTE);
    assertStored(value(found, 'a pull request'), MODEL, pull, 'README.md');
  });

  test('huggingface_hub downloads a snapshot by patterns', () => {
    const wanted = main.files.map(({ path }) => path).filter((path) => PATTERN.test(path));
    // What it had before stays in the folder.
    const paths = [...wanted, NOTE].sort();
    const stored = value(found, 'a snapshot').sort((a, b) => (a.path < b.path ? -1 : 1));
    assert.equal(stored.length, paths.length);
    stored.forEach((file, index) => assertStored(file, MODEL, main, paths[index]));
  });

  test('huggingface_hub reads what the Hub says of a model', () => {
    for (const [step, commit] of [['model info', main], ['model info with sizes', main], ['model info at a branch', pull]]) {
      const info = value(found, step);
      assert.deepEqual([info.id, info.sha], [MODEL, commit.sha]);
      assert.deepEqual(info.files.map(({ path }) => path).sort(), commit.files.map(({ path }) => path).sort());
    }
    for (const { path, size, sha256: hash } of value(found, 'model info with sizes').files) {
      assert.deepEqual([size, hash], [main.find(path).size, main.find(path).sha256 ?? null], path);
    }
  });

  test('huggingface_hub reads trees, folders and paths', () => {
    const tree = value(found, 'the whole tree');
    const folders = tree.filter(({ oid }) => oid === null).map(({ path }) => path);
    assert.deepEqual(folders.sort(), ['notes', 'onnx']);
    const files = tree.filter(({ oid }) => oid !== null).sort((a, b) => (a.path < b.path ? -1 : 1));
    assert.deepEqual(files, main.files.map(({ path, size, oid, sha256: hash }) => ({ path, size, oid, sha256: hash ?? null })));
    assert.deepEqual(
      value(found, 'a folder').map(({ path }) => path).sort(),
      main.files.map(({ path }) => path).filter((path) => path.startsWith('onnx/')));
    assert.deepEqual(value(found, 'paths').sort(), ['config.json', 'onnx']);
    assert.deepEqual(value(found, 'what exists'), [true, false, true]);
  });

  test('huggingface_hub reads a part of the weights', () => {
    const bytes = main.find('onnx/model_q4.onnx').read();
    assert.equal(value(found, 'a part of the weights'), sha256(bytes.subarray(1000, 70_001)));
  });

  test('huggingface_hub is told that a file is not there', () => {
    assertRefused(found, 'no such file', 'EntryNotFoundError');
    assertRefused(found, 'no such file', 'RemoteEntryNotFoundError');
  });

  test('huggingface_hub uses again offline what it has', async () => {
    const asked = place.asked();
    const offline = await python('offline', place.url(), place.home, { ...place, offline: true });
    assertStored(value(offline, 'a small file'), MODEL, main, 'config.json');
    assertStored(value(offline, 'weights'), MODEL, main, 'onnx/model_q4.onnx');
    assert.ok(value(offline, 'a snapshot').length > 3);
    assertRefused(offline, 'what is not here', 'LocalEntryNotFoundError');
    assert.equal(place.asked(), asked);
  });

  test('huggingface_hub goes on with a download that was cut', async () => {
    const cuts = place.cut(bulk.find('weights.bin').sha256);
    const large = await python('large', place.url(), place.home, place);
    assertStored(value(large, 'a large file'), LARGE, bulk, 'weights.bin');
    assert.match(large.warnings, /Trying to resume download/);
    assert.equal(cuts(), 1);
  });

  test('huggingface_hub searches', async () => {
    const search = await python('search', place.url(), place.home, place);
    assert.deepEqual(value(search, 'a search'), place.answers ? [MODEL, 'teahouse/tiny-tea'] : [MODEL]);
    assert.equal(value(search, 'a search with a limit'), 2);
  });

  if (place.answers) {
    test('huggingface_hub raises the error that fits', async () => {
      const refusals = await python('refusals', place.url(), place.home, place);
      assertRefused(refusals, 'no such repository', 'RepositoryNotFoundError');
      assertRefused(refusals, 'no info of no such repository', 'RepositoryNotFoundError');
      assertRefused(refusals, 'no such revision', 'RevisionNotFoundError');
      assertRefused(refusals, 'no info of no such revision', 'RevisionNotFoundError');
      assertRefused(refusals, 'no such folder', 'EntryNotFoundError');
      assertRefused(refusals, 'a gated file', 'GatedRepoError');
      assert.deepEqual(value(refusals, 'what does not exist'), [false, false]);
    });
  }
}

/** A gated file: for the holder of the token or key that opens it there, and for nobody else. */
export async function checkGate(url, home, key, commit) {
  const opened = await python('gated', url, `${home}-with`, { xet: false, token: key });
  assertStored(value(opened, 'a gated file'), GATED, commit, 'onnx/model.onnx');
  const closed = await python('gated', url, `${home}-without`, { xet: false });
  assertRefused(closed, 'a gated file', 'GatedRepoError');
}
