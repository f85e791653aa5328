// Clients that nobody here wrote, each against a Hub alone, then through Samovar, then again when the Hub is gone.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startBrowser } from '../../../../../web/testkit/browser.mjs';
import { checkHub } from './hub-checks.mjs';
import { checkGate, checkPython } from './python-checks.mjs';
import { checkTransformers, startSite } from './transformers-checks.mjs';
import { GATED, LARGE, LARGE_BYTES, MODEL, repositories, SLOW, SLOW_BYTES, startHub, startLine, startMirror, TOKEN } from './world.mjs';

const KEY = 'key-of-the-house';
const all = repositories();
const commitsOf = (id) => all.find((repository) => repository.id === id).commits;
const commits = { ...commitsOf(MODEL), bulk: commitsOf(LARGE).main };
const homes = await mkdtemp(join(tmpdir(), 'samovar-mirror-clients-'));

let hub;
let mirror;
let gated;
let line;
let browser;
let site;
const stops = [];

/** What was started is stopped, whatever fails later. */
async function started(starting, stop = (it) => it.stop()) {
  const it = await starting;
  stops.push(() => stop(it));
  return it;
}

before(async () => {
  const close = (it) => it.close();
  hub = await started(startHub(all), close);
  [mirror, gated, browser, site] = await Promise.all([
    started(startMirror(hub)), started(startMirror(hub, { apiKey: KEY, token: true })), started(startBrowser(), close), started(startSite(), close),
  ]);
  line = await started(startLine(() => mirror.url), close);
});

after(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await rm(homes, { recursive: true });
});

const place = (name, more) => ({ home: join(homes, name), commits, asked: () => hub.requests.length, ...more });
const mirrored = { url: () => line.url, origin: () => mirror.url, xet: true };

/** Cuts the client's own line. */
function cutLine() {
  line.cutOnce(30 << 20);
  return () => line.cuts;
}

describe('the Hub alone', () => {
  const alone = place('alone', {
    // Nobody serves chunks here.
    url: () => hub.url, origin: () => hub.url, xet: false, answers: true,
    cut: (sha256) => {
      hub.cutOnce(sha256, 30 << 20);
      return () => hub.cutsMade;
    },
  });
  checkPython(alone);
  checkHub(alone);
  checkTransformers(alone, false, () => ({ browser, site }));
  test('a gated file is for the token', () => checkGate(hub.url, join(homes, 'gated-alone'), TOKEN, commitsOf(GATED).main));
});

describe('through Samovar', () => {
  let known;
  before(() => {
    known = hub.requests.length;
  });
  const through = place('through', {
    ...mirrored, answers: true,
    cut: (sha256) => {
      hub.cutOnce(sha256, 5 << 20);
      return cutLine();
    },
  });
  checkPython(through);
  checkHub(through);
  checkTransformers(through, true, () => ({ browser }));
  test('a gated file is for the key', () => checkGate(gated.url, join(homes, 'gated-through'), KEY, commitsOf(GATED).main));

  test('what a large file is, is told before it is here', async () => {
    const { sha256 } = commitsOf(SLOW).main.find('weights.bin');
    const leaving = new AbortController();
    hub.bytesPerSecond = 4e6;
    try {
      // As @huggingface/hub and Transformers.js ask for a file's size.
      const answer = await fetch(`${mirror.url}/${SLOW}/resolve/main/weights.bin`, { headers: { Range: 'bytes=0-0' }, signal: leaving.signal });
      assert.deepEqual([answer.status, answer.headers.get('content-range')], [206, `bytes 0-0/${SLOW_BYTES}`]);
      const sent = hub.requests.filter(({ path }) => path === `/lfs/${sha256}`).reduce((sum, request) => sum + request.sent, 0);
      assert.ok(sent > 0 && sent < SLOW_BYTES, `${sent} bytes`);
    } finally {
      leaving.abort();
      hub.bytesPerSecond = Infinity;
    }
  });

  test('the Hub was asked for every content once', () => {
    const asked = hub.requests.slice(known);
    const sent = (sha256) => asked.filter(({ path }) => path === `/lfs/${sha256}`).reduce((sum, request) => sum + request.sent, 0);
    for (const file of commits.main.files.filter(({ sha256 }) => sha256)) {
      assert.equal(sent(file.sha256), file.size, file.path);
    }
    const small = asked.filter(({ path }) => path.startsWith(`/api/resolve-cache/models/${MODEL}/${commits.main.sha}/`)).map(({ path }) => path);
    assert.deepEqual(small, [...new Set(small)]);
    // What was cut came again from where it was cut, or from what had been written there by then.
    const large = sent(commits.bulk.find('weights.bin').sha256);
    assert.ok(large >= LARGE_BYTES && large < 1.6 * LARGE_BYTES, `${large} bytes of ${LARGE_BYTES}`);
  });

  test('no client was led to the Hub\'s own chunk store, and the store saw nobody\'s token', () => {
    assert.deepEqual(hub.requests.filter(({ path }) => /xet|reconstructions/.test(path)), []);
    assert.deepEqual(hub.requests.filter(({ host, token }) => host === '127.0.0.2' && token), []);
  });
});

describe('through Samovar, started anew, and the Hub gone', () => {
  let known;
  before(async () => {
    known = hub.requests.length;
    await hub.close();
    await Promise.all([mirror.restart(), gated.restart()]);
  });
  const gone = place('gone', { ...mirrored, answers: false, cut: cutLine });
  checkPython(gone);
  checkHub(gone);
  checkTransformers(gone, false, () => ({ browser, site }));
  test('a gated file is for the key', () => checkGate(gated.url, join(homes, 'gated-gone'), KEY, commitsOf(GATED).main));
  test('the Hub was not asked', () => assert.equal(hub.requests.length, known));
});
