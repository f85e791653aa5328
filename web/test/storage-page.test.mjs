// The page with what its browser keeps: without asking for a weight again, without the server, and with less after a click.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { startBrowser } from '../testkit/browser.mjs';
import { ask, greedy, openPage, ready, serverUrl, set } from '../testkit/page.mjs';
import { notOfTheHub } from '../testkit/pictures.mjs';
import { startProxy } from '../testkit/proxy.mjs';
import { files, stored } from '../testkit/storage.mjs';

const ON_WASM = '?model=tiny-chat&place=cpu';

let browser;

before(async () => {
  browser = await startBrowser();
});

after(async () => browser?.close());

async function answersSix(page) {
  await set(page, greedy);
  assert.equal((await ask(page, 'Count to 6.')).text, '1, 2, 3, 4, 5, 6.');
}

/** Asks the page again and again: `waitForFunction` takes a promise itself for the truth. */
async function until(page, predicate, timeout = 90_000) {
  for (const end = Date.now() + timeout; Date.now() < end;) {
    if (await page.evaluate(predicate)) {
      return;
    }
    await new Promise((resolve) => { setTimeout(resolve, 300); });
  }
  assert.fail(`not within ${timeout} ms: ${predicate}`);
}

/** Waits until the service worker has the page and ONNX Runtime. */
function keptForOffline(page) {
  return until(page, async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('samovar-site-'));
    const kept = (await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))).flat().map(({ url }) => new URL(url).pathname);
    return names.length === 1 && kept.includes('/') && kept.some((path) => path.endsWith('.wasm'));
  });
}

test('a reload asks the server for no byte of a model, and answers', { timeout: 180_000 }, async () => {
  const asked = [];
  let blocked = false;
  const proxy = await startProxy(serverUrl, {
    intercept: (request, response) => {
      const weights = request.url.includes('/resolve/');
      if (weights) {
        asked.push(request.url);
      }
      if (weights && blocked) {
        response.writeHead(500).end();
      }
      return weights && blocked;
    },
  });
  const { page, complaints, close } = await openPage(browser, ON_WASM, { base: proxy.url });
  await ready(page);
  assert.equal(asked.filter((url) => url.includes('.onnx')).length, 1, asked.join('\n'));
  blocked = true;
  const before = asked.length;
  await page.reload();
  await ready(page);
  await answersSix(page);
  assert.deepEqual(asked.slice(before), []);
  assert.deepEqual(complaints, []);
  await close();
  await proxy.close();
});

test('tells what it keeps, and deletes a dtype of a model and then the rest', { timeout: 180_000 }, async () => {
  const { page, complaints, close } = await openPage(browser, `${ON_WASM}&dtype=q8`);
  await ready(page);
  await page.goto(`${serverUrl}/${ON_WASM}&dtype=q4`);
  await ready(page);
  await page.click('#model-button');
  const rows = page.locator('#stored-list li');
  await page.waitForFunction(() => document.querySelectorAll('#stored-list li').length === 3);
  const lines = (await rows.allInnerTexts()).map((line) => line.replace(/\s+/g, ' '));
  assert.match(lines[0], /^tiny-chat q8 1?\d?[\d.]+ [kM]B Delete$/);
  assert.match(lines[1], /^tiny-chat q4 [\d.]+ [kM]B Delete$/);
  assert.match(lines[2], /^tiny-chat all [\d.]+ MB Delete$/);
  assert.match(await page.locator('#stored-note').innerText(), /^[\d.]+ MB of weights:$/);
  const sizes = (await files(page)).map(({ size }) => size);
  assert.equal(sizes.length, 2);
  await page.click('[aria-label="Delete tiny-chat q8"]');
  await page.waitForFunction(() => document.querySelectorAll('#stored-list li').length === 1);
  assert.deepEqual((await stored(page)).map(({ path }) => path), ['onnx/model_q4.onnx']);
  assert.equal((await files(page)).length, 1);
  await page.keyboard.press('Escape');
  // What runs goes on, and the place tells what a load would fetch now.
  await answersSix(page);
  await page.click('#model-button');
  await page.click('[aria-label="Delete tiny-chat q4"]');
  await page.waitForFunction(() => document.getElementById('stored-note').textContent === 'No weights yet.');
  assert.deepEqual(await files(page), []);
  await page.keyboard.press('Escape');
  await page.click('#place-button');
  assert.match(await page.locator('#place-list button').nth(1).innerText(), /to fetch/);
  assert.deepEqual(complaints, []);
  await close();
});

test('the page for pictures lists what it keeps by its dtypes, beside what chats keep, and deletes it', { timeout: 180_000 }, async () => {
  const { page, complaints, close } = await openPage(browser, ON_WASM);
  await ready(page);
  await page.goto(`${serverUrl}/pictures?place=cpu&dtype=embed_tokens:q8`);
  await ready(page);
  await page.click('#model-button');
  const names = page.locator('#stored-list li span');
  await page.waitForFunction(() => document.querySelectorAll('#stored-list li').length > 2);
  const lines = await names.allInnerTexts();
  assert.ok(lines.includes('Florence-2-tiny-shapes q8') && lines.includes('Florence-2-tiny-shapes all'), lines.join('\n'));
  assert.ok(lines.some((line) => line.startsWith('tiny-chat')), lines.join('\n'));
  await page.click('[aria-label="Delete Florence-2-tiny-shapes all"]');
  await page.waitForFunction(() => document.querySelectorAll('#stored-list li').length === 1);
  assert.match((await stored(page)).map(({ repo }) => repo).join(), /^[^,]*tiny-chat$/);
  assert.deepEqual(complaints.filter(notOfTheHub), []);
  await close();
});

test('says so where the browser keeps nothing', { timeout: 120_000 }, async () => {
  const without = () => { delete StorageManager.prototype.getDirectory; };
  const { page, close } = await openPage(browser, '?place=cpu', { init: without });
  await page.locator('.plan').waitFor();
  assert.match(await page.locator('.plan .note').innerText(), /This browser keeps nothing for the next visit/);
  await page.click('#model-button');
  assert.match(await page.locator('#stored-note').innerText(), /keeps nothing between visits/);
  await close();
});

test('works without its server once it has run a model: a reload answers, isolated as before', { timeout: 240_000 }, async () => {
  let broken = false;
  const proxy = await startProxy(serverUrl, {
    intercept: (request, response) => broken && request.url.startsWith('/?') && Boolean(response.writeHead(502).end('Bad Gateway')),
  });
  const { page, close } = await openPage(browser, ON_WASM, { base: proxy.url, serviceWorkers: 'allow' });
  await ready(page);
  await keptForOffline(page);
  broken = true;
  await page.reload();
  await ready(page);
  proxy.goAway();
  await page.reload();
  await ready(page);
  await answersSix(page);
  assert.ok(await page.evaluate(() => crossOriginIsolated), 'COOP and COEP are kept with the page');
  await page.click('#place-button');
  assert.match(await page.locator('#place-list button').last().innerText(), /server[^]*not here[^]*can't be reached/i);
  await close();
  await proxy.close();
});

test('without its server it offers what it keeps instead of a download, and says what it has not kept', { timeout: 240_000 }, async () => {
  const proxy = await startProxy(serverUrl);
  const { page, close } = await openPage(browser, '', { base: proxy.url, serviceWorkers: 'allow' });
  await ready(page);
  await page.click('text=Run it in this browser instead');
  await page.waitForFunction(() => document.getElementById('model-name').textContent === 'tiny-chat');
  await ready(page);
  assert.match(page.url(), /model=.*tiny-chat.*place=cpu/, 'what the button chose lasts over a reload');
  await keptForOffline(page);
  proxy.goAway();
  await page.goto(proxy.url);
  await page.locator('.fault').waitFor();
  assert.match(await page.locator('.fault').innerText(), /The server can't be reached[^]*does not keep the weights of SmolLM2-135M-Instruct/);
  assert.equal(await page.locator('text=/Download and load/').count(), 0);
  await page.click('text=Use tiny-chat, which is kept here');
  await ready(page);
  await answersSix(page);
  await page.evaluate(async () => {
    const texts = await caches.open('samovar-models-1');
    for (const { url } of await texts.keys()) {
      await (url.includes('SmolLM2') && texts.delete(url));
    }
  });
  await page.goto(proxy.url);
  await page.click('text=Use tiny-chat, which is kept here');
  await ready(page);
  await page.goto(`${proxy.url}/pictures`);
  assert.match(await page.locator('body').innerText(), /can't be reached[^]*not been visited yet/);
  await close();
  await proxy.close();
});

test('an update of the server replaces the page whole, and keeps ONNX Runtime for it', { timeout: 240_000 }, async () => {
  const [html, worker] = await Promise.all(['/', '/sw.js'].map(async (path) => (await fetch(serverUrl + path)).text()));
  const sha256 = (text) => createHash('sha256').update(text).digest('hex');
  assert.ok(worker.includes(sha256(html)));
  const next = html.replace('<title>', '<title>New ');
  const texts = { '/': next, '/sw.js': worker.replace(sha256(html), sha256(next)).replace(/(version:\s*|"version":)"\w+"/, '$1"next"') };
  let updated = false;
  const proxy = await startProxy(serverUrl, {
    intercept: (request, response) => {
      const text = updated && texts[new URL(request.url, serverUrl).pathname];
      if (text) {
        response.writeHead(200, {
          'Content-Type': request.url.startsWith('/sw') ? 'text/javascript' : 'text/html',
          'Cache-Control': 'no-cache',
          'Cross-Origin-Opener-Policy': 'same-origin',
          'Cross-Origin-Embedder-Policy': 'require-corp',
        }).end(text);
      }
      return Boolean(text);
    },
  });
  const { page, close } = await openPage(browser, ON_WASM, { base: proxy.url, serviceWorkers: 'allow' });
  await ready(page);
  await keptForOffline(page);
  updated = true;
  await page.reload();
  assert.match(await page.title(), /^New /);
  await until(page, async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    return registration.waiting !== null;
  });
  assert.equal((await page.evaluate(() => caches.keys())).filter((name) => name.startsWith('samovar-site-')).length, 2, 'an open tab keeps its version');
  const context = page.context();
  const blank = await context.newPage();
  await page.close();
  await new Promise((resolve) => { setTimeout(resolve, 1000); });
  await blank.goto(`${proxy.url}/${ON_WASM}`);
  await ready(blank);
  await keptForOffline(blank);
  assert.ok((await blank.evaluate(() => caches.keys())).includes('samovar-site-next'));
  proxy.goAway();
  await blank.reload();
  await ready(blank);
  assert.match(await blank.title(), /^New /);
  await answersSix(blank);
  await close();
  await proxy.close();
});
