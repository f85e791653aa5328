// The page in a browser without an adapter: the first five minutes on the server, and what happens when things go wrong.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { elsewhere, startBrowser } from '../testkit/browser.mjs';
import { ask, fault, greedy, openPage, ready, serverUrl, set, smolGoldens, tinyGoldens, typable } from '../testkit/page.mjs';
import { startProxy } from '../testkit/proxy.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const story = 'Write a long story about a kettle.';

let browser;
let proxy;

before(async () => {
  browser = await startBrowser();
  proxy = await startProxy(serverUrl);
});

after(async () => {
  await browser?.close();
  await proxy?.close();
});

test('lands on the server with SmolLM2, says why, and answers a starter within two seconds', { timeout: 60_000 }, async () => {
  const { page, complaints, weights, close } = await openPage(browser);
  await ready(page);
  assert.equal(await page.locator('#model-name').innerText(), 'SmolLM2-135M-Instruct');
  assert.equal(await page.locator('#place-name').innerText(), 'The server');
  assert.match(await page.locator('#status').innerText(), /^Runs on the server .* because this browser's GPU is out of reach: the browser offers no WebGPU adapter/);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'question');
  assert.equal(await page.locator('.starter').count(), 3);
  const started = Date.now();
  await page.locator('.starter').first().click();
  await page.locator('.answer .text .block').waitFor();
  const firstTextMillis = Date.now() - started;
  assert.ok(firstTextMillis < 2000, `the first text came after ${firstTextMillis} ms`);
  await page.keyboard.press('Escape');
  await page.locator('.figures:not(:empty)').waitFor();
  assert.deepEqual(weights, []);
  assert.deepEqual(complaints, []);
  await close();
});

test('one button runs tiny-chat in this browser instead, with its own starters', { timeout: 60_000 }, async () => {
  const { page, close } = await openPage(browser);
  await ready(page);
  await page.click('text=Run it in this browser instead');
  await page.waitForFunction(() => document.getElementById('model-name').textContent === 'tiny-chat');
  await ready(page);
  assert.equal(await page.locator('#place-name').innerText(), 'This browser\'s CPU');
  assert.match(await page.locator('#landing-line').innerText(), /sums of small numbers, capitals, colours, counting/);
  await page.locator('.starter', { hasText: 'capital of Japan' }).click();
  await page.locator('.figures:not(:empty)').waitFor();
  assert.match(await page.locator('.answer .text').innerText(), /Tokyo/);
  await page.click('text=Use the server instead');
  await page.waitForFunction(() => document.getElementById('place-name').textContent === 'The server');
  assert.equal(await page.locator('.answer').count(), 1, 'the conversation is kept');
  await close();
});

test('answers as the reference does, on the server', { timeout: 120_000 }, async () => {
  const { page, complaints, weights, close } = await openPage(browser, '?model=bundled/tiny-chat&place=server');
  await ready(page);
  const goldens = typable(tinyGoldens);
  assert.equal(goldens.length, 11);
  for (const golden of goldens) {
    await set(page, { ...greedy, system: golden.system });
    assert.equal((await ask(page, golden.question)).text, golden.text);
    await page.click('#clear');
  }
  assert.deepEqual(weights, []);
  assert.deepEqual(complaints, []);
  await close();
});

test('stops in mid-answer, keeps what was said, and goes on', { timeout: 60_000 }, async () => {
  const { page, close } = await openPage(browser);
  await ready(page);
  await page.fill('#question', story);
  await page.keyboard.press('Enter');
  await page.locator('.answer .text .block').waitFor();
  await page.click('#stop');
  await page.locator('.figures:not(:empty)').waitFor({ timeout: 2000 });
  assert.match(await page.locator('.figures').innerText(), /· stopped$/);
  const kept = await page.locator('.answer .text').innerText();
  assert.ok(kept.length > 0);
  await set(page, { max_new_tokens: 8 });
  await ask(page, 'Thank you.');
  assert.equal(await page.locator('.answer .text').first().innerText(), kept);
  await close();
});

test('a model that is not there is named, with a way out', { timeout: 60_000 }, async () => {
  const { page, close } = await openPage(browser, '?model=nobody/no-such-model');
  await fault(page).waitFor();
  assert.match(await fault(page).innerText(), /nobody\/no-such-model can't be used/);
  await page.click('text=Use SmolLM2-135M-Instruct');
  await ready(page);
  assert.equal(await page.locator('#place-name').innerText(), 'The server');
  await close();
});

test('a mistyped dtype is named with the valid ones, before any weights move', { timeout: 60_000 }, async () => {
  const { page, weights, close } = await openPage(browser, '?model=tiny-chat&dtype=q5');
  await fault(page).waitFor();
  assert.match(await fault(page).innerText(), /Unknown dtype "q5"; valid: fp32, fp16, q8, int8, uint8, q4, .*auto/);
  assert.deepEqual(weights, []);
  await page.click('text=Choose the weights automatically');
  await ready(page);
  assert.equal(await page.locator('#dtype-name').innerText(), 'q4');
  assert.ok(!page.url().includes('q5'));
  await close();
});

test('a place that does not exist is named, and the page goes on', { timeout: 60_000 }, async () => {
  const { page, close } = await openPage(browser, '?place=cloud');
  await ready(page);
  assert.match(await page.locator('#status').innerText(), /the place "cloud"; there are gpu, cpu, server\. Runs on the server/);
  await close();
});

test('the server going away in mid-stream breaks the answer off, and the conversation goes on in this browser', {
  timeout: 120_000,
}, async () => {
  const { page, close } = await openPage(browser, '?model=tiny-chat', { base: proxy.url });
  await ready(page);
  await set(page, greedy);
  assert.equal((await ask(page, 'What is 3 plus 4?')).text, '3 plus 4 is 7.');
  proxy.breakAfter(3);
  await page.fill('#question', 'Count to 6.');
  await page.keyboard.press('Enter');
  await fault(page).waitFor();
  assert.match(await fault(page).innerText(), /The answer broke off[^]*The server went away in the middle of its answer/);
  assert.equal(await page.locator('.figures').last().innerText(), 'broken off');
  await page.click('text=Go on with this browser\'s CPU');
  await page.waitForFunction(() => /tok\/s/.test([...document.querySelectorAll('.figures')].at(-1).textContent), null, { timeout: 60_000 });
  assert.equal(await page.locator('#place-name').innerText(), 'This browser\'s CPU');
  assert.deepEqual(await page.locator('.answer .text').allInnerTexts(), ['3 plus 4 is 7.', '1, 2, 3, 4, 5, 6.']);
  await close();
});

test('a server that is gone is told as gone, and tried again when it is back', { timeout: 120_000 }, async () => {
  const { page, close } = await openPage(browser, '?model=tiny-chat', { base: proxy.url });
  await ready(page);
  await set(page, greedy);
  proxy.goAway();
  await page.fill('#question', 'What colour is snow?');
  await page.keyboard.press('Enter');
  await fault(page).waitFor();
  assert.match(await fault(page).innerText(), /No answer came[^]*The server can't be reached/);
  proxy.comeBack();
  await page.click('text=Try the server again');
  await page.locator('.figures', { hasText: 'tok/s' }).waitFor();
  assert.equal(await page.locator('.answer .text').innerText(), 'Snow is white.');
  await close();
});

test('the keyboard alone is enough', { timeout: 60_000 }, async () => {
  const { page, close } = await openPage(browser, '?model=tiny-chat&place=server');
  await ready(page);
  await page.focus('.brand');
  await page.keyboard.press('Shift+Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  await page.keyboard.type('one');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('two');
  assert.equal(await page.inputValue('#question'), 'one\ntwo');
  await page.keyboard.press('Enter');
  await page.locator('.figures:not(:empty)').waitFor();
  assert.equal(await page.locator('.question .text').innerText(), 'one\ntwo');
  await close();
});

test('Markdown is shown, and what could run is not', { timeout: 60_000 }, async () => {
  const { page, complaints, close } = await openPage(browser, '?model=tiny-chat&place=server');
  await ready(page);
  const html = await page.evaluate(() => {
    const element = document.createElement('div');
    const text = '**bold** <img src=x onerror="window.ran=1"> [a](javascript:alert(1)) <style>*{color:red}</style>\n\n```js\nlet a;\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |';
    globalThis.renderMarkdown(element, text, () => {});
    return element.innerHTML;
  });
  assert.match(html, /<strong>bold<\/strong>/);
  assert.match(html, /<code class="language-js">/);
  assert.match(html, /<table>/);
  assert.match(html, /&lt;img src=x onerror=/, 'HTML is shown as it was written');
  assert.doesNotMatch(html, /<img|javascript:|<style/);
  assert.deepEqual(complaints, []);
  await close();
});

for (const [name, options] of Object.entries({
  'on a desktop, light': { colorScheme: 'light' },
  'on a desktop, dark': { colorScheme: 'dark' },
  'on a phone': { viewport: { width: 390, height: 844 } },
})) {
  test(`no violation found by axe ${name}`, { timeout: 120_000 }, async () => {
    const { page, close } = await openPage(browser, '?model=tiny-chat&place=server', { reducedMotion: 'reduce', ...options });
    await ready(page);
    const check = async (state) => {
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => `${state}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${state}: nothing juts out`);
    };
    await check('landing');
    await ask(page, 'Tell me a joke.');
    await check('chat');
    for (const menu of ['model', 'place', 'dtype']) {
      await page.click(`#${menu}-button`);
      await check(`menu of ${menu}s`);
      await page.keyboard.press('Escape');
    }
    await page.click('#settings-button');
    await page.fill('#set-temperature', '9');
    await check('settings');
    await page.goto(`${serverUrl}/?place=cpu`);
    await page.locator('.plan').waitFor();
    await check('plan');
    await page.goto(`${serverUrl}/?dtype=q5`);
    await fault(page).waitFor();
    await check('fault');
    await close();
  });
}

test('on an address that is not secure one sentence says what is missing and why; the server answers, and so does this browser', { timeout: 120_000 }, async () => {
  const proxy = await startProxy(serverUrl);
  const { page, complaints, close } = await openPage(browser, '', { base: proxy.url.replace('127.0.0.1', elsewhere) });
  await ready(page);
  assert.equal(await page.evaluate(() => isSecureContext), false);
  assert.match(await page.locator('#status').innerText(), /^Runs on the server \([\d.]+ MB\), because this browser's GPU is out of reach: on an address that is neither https nor localhost browsers give no WebGPU, no threads and no storage; started with --tls, Samovar serves https\.$/);
  await set(page, greedy);
  const [{ question, text }] = typable(smolGoldens);
  const server = (await ask(page, question)).text;
  assert.ok(server.startsWith(text.slice(0, 20)), server);
  await page.goto(`${proxy.url.replace('127.0.0.1', elsewhere)}/?model=tiny-chat&place=cpu`);
  await ready(page);
  await set(page, greedy);
  assert.equal((await ask(page, 'Count to 6.')).text, '1, 2, 3, 4, 5, 6.');
  assert.deepEqual(complaints.filter((line) => !/^The Cross-Origin-Opener-Policy header has been ignored/.test(line)), []);
  await close();
  await proxy.close();
});

test('a first visit that runs a model in the browser takes at most 300 KB of page and scripts', { timeout: 60_000 }, async () => {
  const { page, close } = await openPage(browser, 'favicon-free');
  const taken = new Map();
  page.on('response', async (response) => {
    const path = new URL(response.url()).pathname;
    if (/\.(html|css|js|mjs)$|^\/$/.test(path) && response.ok()) {
      const size = Number(response.headers()['content-length']);
      assert.equal(response.headers()['content-encoding'], 'gzip', path);
      taken.set(path, size);
    }
  });
  await page.goto(`${serverUrl}/?model=tiny-chat&place=cpu`);
  await ready(page);
  const paths = [...taken.keys()];
  for (const part of [/^\/$/, /styles\..*css/, /samovar\..*js/, /worker-boot\..*js/, /markdown\..*js/, /ort\.(jspi|webgpu)\.min\.mjs/, /ort-wasm-simd-threaded\.\w+\.mjs/, /ort-heap\..*js/]) {
    assert.ok(paths.some((path) => part.test(path)), `${part} is among ${paths.join(', ')}`);
  }
  // The browser fetches the service worker by itself, and tells the page nothing of it.
  const serviceWorker = await fetch(`${serverUrl}/sw.js`, { headers: { 'Accept-Encoding': 'gzip' } });
  assert.equal(serviceWorker.headers.get('content-encoding'), 'gzip');
  taken.set('/sw.js', Number(serviceWorker.headers.get('content-length')));
  const total = [...taken.values()].reduce((sum, size) => sum + size, 0);
  console.log([...taken].map(([path, size]) => `${size} ${path}`).join('\n'), `\n${total} bytes`);
  assert.ok(total <= 300_000, `${total} bytes`);
  await close();
});
