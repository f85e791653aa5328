// What the worker keeps in the browser, and how it comes there: verified, resumed, once for all tabs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startBrowser } from '../testkit/browser.mjs';
import { root, startServer } from '../testkit/server.mjs';
import { files, stored } from '../testkit/storage.mjs';
import { startWorker } from '../testkit/worker-client.mjs';
import { cases, chat, load, model, openWorker, serverWith } from '../testkit/worker-suite.mjs';

const FILE = 'model.onnx';
const content = readFileSync(join(root, `models/${model}/onnx/${FILE}`));
const isolation = { 'Cross-Origin-Resource-Policy': 'same-origin' };
const isWeights = (request) => request.url.endsWith(`/onnx/${FILE}`);

/** A test Hub that counts what is asked of the weights, and may answer it itself: `answer(response, start, bytes)` returns whether it did. */
async function countingServer(answer = () => false, start = startServer) {
  const ranges = [];
  const hub = await start((request, response) => {
    if (!isWeights(request)) {
      return false;
    }
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')?.map(Number) ?? [0, 0, content.length - 1];
    const asked = { from, sent: 0 };
    ranges.push(asked);
    const head = () => response.writeHead(request.headers.range ? 206 : 200, {
      ...isolation,
      'Content-Length': to - from + 1,
      ...(request.headers.range ? { 'Content-Range': `bytes ${from}-${to}/${content.length}` } : {}),
    });
    const bytes = content.subarray(from, to + 1);
    if (!answer({ response, head, bytes, asked, number: ranges.length })) {
      head().end(bytes);
      asked.sent = bytes.length;
    }
    return true;
  });
  return { ...hub, ranges };
}

const plain = (intercept) => startServer({ intercept });

/** Sends the first bytes and then no more. */
function stall({ head, bytes, asked }, most) {
  asked.sent = Math.min(most, bytes.length);
  head().write(bytes.subarray(0, most));
  return true;
}

async function planOf(worker, dtype = 'fp32') {
  return (await worker.last({ type: 'plan', model, dtype, device: 'wasm' })).plan;
}

async function answers(worker) {
  assert.deepEqual((await chat(worker, cases[0].messages)).at(-1).token_ids, cases[0].token_ids);
}

/** Another tab of the same browser. */
async function openTab(worker, hub) {
  const page = await worker.page.context().newPage();
  await page.goto(`${hub.url}/app/blank.html`);
  return { ...(await startWorker(page)), page };
}

describe('what the browser keeps', () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  test('a download of a closed tab goes on from its last megabyte, and the model is right', { timeout: 120_000 }, async () => {
    const hub = await countingServer((request) => request.number === 1 && stall(request, 2_600_000), plain);
    const worker = await openWorker(browser, hub);
    const plan = await planOf(worker);
    const loading = worker.ask({ type: 'load', plan }).catch(() => 'closed');
    await until(async () => (await files(worker.page)).some(({ name, size }) => name.endsWith('.part') && size > 2_500_000));
    assert.ok((await files(worker.page)).every(({ name }) => name.includes('.')), 'a part is not taken for the whole');
    const tab = await openTab(worker, hub);
    await worker.page.close();
    assert.equal(await loading, 'closed');
    await load(tab, 'fp32', 'wasm');
    await answers(tab);
    assert.equal(hub.ranges.length, 2);
    assert.ok(hub.ranges[1].from >= 1_500_000 && hub.ranges[1].from <= 2_600_000, `from ${hub.ranges[1].from}`);
    assert.equal(hub.ranges[1].sent, content.length - hub.ranges[1].from);
    assert.deepEqual((await files(tab.page)).map(({ name, size }) => [name, size]), [[plan.modules[0].files[0].sha256, content.length]]);
    await worker.stop();
    await hub.close();
  });

  test('a cancelled download ends at once, and the next goes on from it', { timeout: 120_000 }, async () => {
    // Piece by piece: bytes are told at a pace, and the last of a burst may not be.
    const pieces = ({ head, bytes, number }) => {
      const response = number === 1 && head();
      for (let i = 0; response && i < 15; i++) {
        setTimeout(() => response.write(bytes.subarray(100_000 * i, 100_000 * (i + 1))), 150 * i);
      }
      return Boolean(response);
    };
    const hub = await countingServer(pieces, plain);
    const worker = await openWorker(browser, hub);
    const events = await worker.ask({ type: 'load', plan: await planOf(worker) }, { cancelAfterBytes: 1_000_000 });
    assert.match(events.at(-1).problem, /was cancelled/);
    const { events: again } = await load(worker, 'fp32', 'wasm');
    assert.ok(hub.ranges[1].from > 0, 'it was asked for from the beginning');
    const first = again.find((event) => event.loaded_bytes > 0);
    assert.ok(first.loaded_bytes >= hub.ranges[1].from, 'what was here counts');
    await answers(worker);
    await worker.stop();
    await hub.close();
  });

  test('two tabs that want the same fetch it once', { timeout: 120_000 }, async () => {
    const slowly = ({ response, head, bytes, asked }) => {
      head();
      for (let i = 0; i <= 10; i++) {
        setTimeout(() => (i < 10 ? response.write(bytes.subarray(bytes.length * i / 10, bytes.length * (i + 1) / 10)) : response.end()), 150 * i);
      }
      asked.sent = bytes.length;
      return true;
    };
    const hub = await countingServer(slowly, plain);
    const worker = await openWorker(browser, hub);
    const tab = await openTab(worker, hub);
    const [one, other] = await Promise.all([load(worker, 'fp32', 'wasm'), load(tab, 'fp32', 'wasm')]);
    assert.equal(hub.ranges.length, 1);
    for (const { events } of [one, other]) {
      assert.ok(events.filter(({ phase }) => phase === 'downloading').length > 3, 'both see it come');
    }
    await answers(worker);
    await answers(tab);
    await worker.stop();
    await hub.close();
  });

  test('bytes that were changed on the way are refused, and none of them stays', { timeout: 120_000 }, async () => {
    const hub = await countingServer(({ head, bytes, number }) => {
      const changed = Buffer.from(bytes);
      changed[1_000_000] ^= 1;
      return number === 1 && Boolean(head().end(changed));
    }, plain);
    const worker = await openWorker(browser, hub);
    const plan = await planOf(worker);
    const error = await worker.last({ type: 'load', plan });
    assert.match(error.problem, /fetching onnx\/model\.onnx of bundled\/tiny-chat.*its sha256 is [0-9a-f]{64}, which is not the planned one; load the model again/);
    assert.deepEqual(await files(worker.page), []);
    const second = await openTab(worker, hub);
    await load(second, 'fp32', 'wasm');
    await answers(second);
    await worker.stop();
    await hub.close();
  });

  test('a small file without sha256 is checked by its git blob id', { timeout: 120_000 }, async () => {
    const hub = await countingServer(() => false, plain);
    const worker = await openWorker(browser, hub);
    const plan = await planOf(worker);
    const [file] = plan.modules[0].files;
    delete file.sha256;
    file.blob_id = '0'.repeat(40);
    assert.match((await worker.last({ type: 'load', plan })).problem, /its git blob id is [0-9a-f]{40}, which is not the planned one/);
    assert.deepEqual(await files(worker.page), []);
    await worker.stop();
    await hub.close();
  });

  test('a web page, or a file of another length, is no model', { timeout: 120_000 }, async () => {
    for (const [answer, words] of [
      [({ response, bytes }) => response.writeHead(200, { ...isolation, 'Content-Type': 'text/html' }).end(bytes), /a web page came in its place/],
      [({ response, bytes }) => response.writeHead(200, isolation).end(bytes.subarray(5)), /bytes, and \d+ came/],
      [({ response, bytes }) => response.writeHead(200, isolation).end(Buffer.concat([bytes, bytes])), /bytes, and more came/],
    ]) {
      const hub = await countingServer((request) => Boolean(answer(request)), plain);
      const worker = await openWorker(browser, hub);
      assert.match((await worker.last({ type: 'load', plan: await planOf(worker) })).problem, words);
      assert.deepEqual(await files(worker.page), []);
      await worker.stop();
      await hub.close();
    }
  });

  test('a server that is busy, or breaks off, is asked again', { timeout: 120_000 }, async () => {
    const hub = await countingServer(({ response, head, bytes, asked, number }) => {
      if (number === 1) {
        response.writeHead(503, { ...isolation, 'Retry-After': '1' }).end();
      } else if (number === 2) {
        head().write(bytes.subarray(0, 2_000_000));
        setTimeout(() => response.destroy(), 200);
      } else if (number === 3) {
        // A proxy ends it without a word, and without having told a length.
        response.writeHead(206, { ...isolation, 'Content-Range': `bytes ${asked.from}-${content.length - 1}/${content.length}` }).end(bytes.subarray(0, 100_000));
      }
      return number < 4;
    }, plain);
    const worker = await openWorker(browser, hub);
    await load(worker, 'fp32', 'wasm');
    await answers(worker);
    assert.deepEqual(hub.ranges.map(({ from }) => from > 0), [false, false, true, true]);
    assert.equal(hub.ranges[3].from, hub.ranges[2].from + 100_000);
    await worker.stop();
    await hub.close();
  });

  test('a cancel is heard while a busy server is given its peace', { timeout: 120_000 }, async () => {
    const hub = await countingServer(({ response }) => Boolean(response.writeHead(503, { ...isolation, 'Retry-After': '25' }).end()), plain);
    const worker = await openWorker(browser, hub);
    const loading = worker.last({ type: 'load', plan: await planOf(worker) });
    await until(async () => hub.ranges.length === 1);
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    const asked = Date.now();
    await worker.page.evaluate(() => globalThis.samovar.worker.postMessage(JSON.stringify({ type: 'cancel', id: globalThis.samovar.last })));
    assert.match((await loading).problem, /was cancelled/);
    assert.ok(Date.now() - asked < 5_000, `after ${Date.now() - asked} ms`);
    await worker.stop();
    await hub.close();
  });

  test('a file that a worker before it has just let go of is waited for', { timeout: 120_000 }, async () => {
    const hub = await countingServer(() => false, plain);
    const worker = await openWorker(browser, hub);
    const plan = await planOf(worker);
    await worker.page.evaluate((id) => new Promise((resolve) => {
      const script = `(async () => {
        const create = { create: true };
        const home = await (await navigator.storage.getDirectory()).getDirectoryHandle('samovar', create);
        const part = await (await home.getDirectoryHandle('files', create)).getFileHandle('${id}.part', create);
        const handle = await part.createSyncAccessHandle();
        postMessage('held');
        setTimeout(() => handle.close(), 700);
      })()`;
      globalThis.holder = new Worker(URL.createObjectURL(new Blob([script])));
      globalThis.holder.onmessage = resolve;
    }), plan.modules[0].files[0].sha256);
    assert.equal((await worker.last({ type: 'load', plan })).type, 'loaded');
    await worker.stop();
    await hub.close();
  });

  test('a storage that is cleared while the page is open is filled again', { timeout: 120_000 }, async () => {
    const hub = await countingServer(() => false, plain);
    const worker = await openWorker(browser, hub);
    await load(worker, 'fp32', 'wasm');
    await worker.page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry('samovar', { recursive: true }));
    await load(worker, 'fp32', 'wasm');
    await answers(worker);
    assert.equal(hub.ranges.length, 2);
    assert.equal((await stored(worker.page)).length, 1);
    await worker.stop();
    await hub.close();
  });

  test('a web page in the place of a text, or a 404 that is not of the Hub, is not kept for the next visit', { timeout: 120_000 }, async () => {
    let away = true;
    const answer = (request, response) => {
      if (away && request.url.endsWith('/tokenizer.json')) {
        return Boolean(response.writeHead(200, { ...isolation, 'Content-Type': 'text/html; charset=utf-8' }).end('<p>Log in'));
      }
      return away && request.url.endsWith('/generation_config.json') && Boolean(response.writeHead(404, isolation).end());
    };
    const hub = await plain(answer);
    const worker = await openWorker(browser, hub);
    const error = await worker.last({ type: 'load', plan: await planOf(worker) });
    assert.match(error.problem, /tokenizer\.json: a web page came in its place/);
    away = false;
    const next = await openTab(worker, hub);
    await load(next, 'fp32', 'wasm');
    await answers(next);
    assert.equal(hub.requests.filter((url) => url.endsWith('/generation_config.json')).length, 2, hub.requests.join(' '));
    await worker.stop();
    await hub.close();
  });

  test('a large file comes in several ranges at once', { timeout: 240_000 }, async () => {
    let running = 0;
    let most = 0;
    const hub = await startServer({
      intercept: (request, response) => {
        if (/\.onnx_data/.test(request.url)) {
          running++;
          most = Math.max(most, running);
          response.on('close', () => { running--; });
        }
        return false;
      },
    });
    const worker = await openWorker(browser, hub);
    const { plan, events } = await load(worker, 'q4', 'wasm', 'bundled/SmolLM2-135M-Instruct');
    assert.ok(most > 1 && most <= 4, `${most} at once`);
    assert.ok(hub.requests.filter((url) => url.includes('.onnx')).length > plan.modules[0].files.length, 'in ranges');
    honest(events, plan.total_bytes);
    await worker.stop();
    await hub.close();
  });

  test('says what is needed, what is free and what could go, where the storage is too small', { timeout: 120_000 }, async () => {
    const small = 'const estimate = { quota: 1e9, usage: 0 }; globalThis.estimate = estimate; navigator.storage.estimate = async () => estimate;'
      + ' new BroadcastChannel("quota").onmessage = ({ data }) => Object.assign(estimate, data)';
    const hub = await countingServer(() => false, (intercept) => serverWith(small, {}, intercept));
    const worker = await openWorker(browser, hub);
    await load(worker, 'q8', 'wasm');
    await worker.page.evaluate(() => new BroadcastChannel('quota').postMessage({ quota: 4e6, usage: 1.5e6 }));
    const error = await worker.last({ type: 'load', plan: await planOf(worker) });
    assert.equal(error.kind, 'load');
    assert.match(error.problem, /4 MB are still to come, and the browser has 3 MB left for this site; delete models that are stored in this browser: bundled\/tiny-chat \(\d MB\), choose a smaller dtype/);
    assert.equal(hub.ranges.length, 0, 'nothing was fetched');
    await worker.stop();
    await hub.close();
  });

  test('a browser without such a storage runs the model from memory', { timeout: 120_000 }, async () => {
    const hub = await countingServer(() => false, (intercept) => serverWith('delete StorageManager.prototype.getDirectory', {}, intercept));
    const worker = await openWorker(browser, hub);
    const { plan, events } = await load(worker, 'fp32', 'wasm');
    honest(events, plan.total_bytes);
    await answers(worker);
    await load(worker, 'fp32', 'wasm');
    assert.equal(hub.ranges.length, 2, 'nothing was kept');
    await worker.stop();
    await hub.close();
  });

  test('every load is one stream of phases whose bytes never go back', { timeout: 240_000 }, async () => {
    const hub = await plain(() => false);
    const worker = await openWorker(browser, hub);
    for (const fromCache of [false, true]) {
      const { plan, events } = await load(worker, 'q4', 'wasm');
      honest(events, plan.total_bytes);
      assert.ok(events.filter(({ phase }) => phase === 'downloading').every((event) => event.from_cache === fromCache));
      assert.equal(events.some(({ phase }) => phase === 'verifying'), !fromCache);
    }
    assert.equal((await stored(worker.page)).length, 1);
    await worker.stop();
    await hub.close();
  });
});

const PHASES = ['listing', 'downloading', 'verifying', 'compiling', 'warming', 'ready'];

/** Phases in their order, one total from the first byte on, bytes that never shrink and end at the total. */
export function honest(events, total) {
  const progress = events.filter(({ type }) => type === 'progress');
  const order = progress.map(({ phase }) => PHASES.indexOf(phase));
  assert.deepEqual(order, [...order].sort((one, other) => one - other), progress.map(({ phase }) => phase).join(' '));
  assert.equal(progress[0].phase, 'listing');
  for (const phase of ['downloading', 'verifying']) {
    const steps = progress.filter((event) => event.phase === phase);
    assert.ok(steps.every((event) => event.total_bytes === total), `${phase} of ${total}`);
    const bytes = steps.map((event) => event.loaded_bytes);
    assert.deepEqual(bytes, [...bytes].sort((one, other) => one - other), `${phase} went back`);
    assert.equal(bytes.at(-1) ?? total, total);
  }
}

async function until(condition, millis = 30_000) {
  for (const end = Date.now() + millis; Date.now() < end;) {
    if (await condition().catch(() => false)) {
      return;
    }
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  throw new Error(`not within ${millis} ms: ${condition}`);
}
