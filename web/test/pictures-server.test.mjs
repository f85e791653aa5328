// The page of pictures in a browser without an adapter: the first five minutes, and what happens when things go wrong.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { startBrowser } from '../testkit/browser.mjs';
import { fault, openPage, ready, serverUrl } from '../testkit/page.mjs';
import { answer, choose, clear, give, imageFile, look, notOfTheHub } from '../testkit/pictures.mjs';
import { startProxy } from '../testkit/proxy.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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

const bytes = (name, mimeType, text) => ({ name, mimeType, buffer: Buffer.from(text, 'latin1') });

test('lands with the embedded model, says what it knows, and a drawing is answered within seconds', { timeout: 60_000 }, async () => {
  const { page, complaints, weights, close } = await openPage(browser, 'pictures');
  await ready(page);
  assert.equal(await page.locator('#model-name').innerText(), 'Florence-2-tiny-shapes');
  assert.equal(await page.locator('#place-name').innerText(), 'The server');
  assert.match(await page.locator('#landing-line').innerText(), /coloured shapes/);
  assert.match(await page.locator('#status').innerText(), /Runs on the server/);
  assert.match(await page.locator('#privacy').innerText(), /sent to this page's server/);
  const started = Date.now();
  await page.getByRole('button', { name: 'A blue square and a red circle' }).click();
  assert.equal((await answer(page)).text, 'A blue square and a red circle.');
  assert.ok(Date.now() - started < 5000, `answered after ${Date.now() - started} ms`);
  assert.equal(await page.locator('#announcer').innerText(), 'A blue square and a red circle.');
  assert.deepEqual(weights, []);
  assert.deepEqual(complaints.filter(notOfTheHub), []);
  await close();
});

test('captions as the reference does, on the server, and goes into the browser with one click', { timeout: 120_000 }, async () => {
  const { page, close } = await openPage(browser, 'pictures');
  await ready(page);
  for (const { image, text } of clear('<CAPTION>', 4).slice(0, 3)) {
    assert.equal((await look(page, image)).text, text, image);
  }
  await page.click('#elsewhere');
  await page.waitForFunction(() => document.getElementById('place-name').textContent === 'This browser\'s CPU');
  await ready(page);
  assert.equal(await page.locator('#place-name').innerText(), 'This browser\'s CPU');
  assert.match(await page.locator('#privacy').innerText(), /stay in this browser/);
  const [{ image, text }] = clear('<CAPTION>', 4);
  assert.equal((await look(page, image)).text, text);
  await close();
});

test('the model says of each drawing what its name says', { timeout: 120_000 }, async () => {
  const { page, close } = await openPage(browser, 'pictures');
  await ready(page);
  const names = await page.locator('.drawing').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  assert.ok(names.length >= 4);
  for (const name of names) {
    await page.getByRole('button', { name, exact: true }).click();
    await page.waitForFunction((wanted) => document.getElementById('picture-name').textContent.startsWith(wanted), name);
    assert.equal((await answer(page)).text, `${name}.`);
  }
  await close();
});

test('takes a picture that is pasted, and one that is dropped', { timeout: 60_000 }, async () => {
  const { page, close } = await openPage(browser, 'pictures');
  await ready(page);
  const file = readFileSync(imageFile('scene01.png')).toString('base64');
  for (const [type, name] of [['paste', 'pasted.png'], ['drop', 'dropped.png']]) {
    await page.evaluate(([kind, base64, called]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], called, { type: 'image/png' }));
      const event = kind === 'paste'
        ? new ClipboardEvent('paste', { clipboardData: data })
        : new DragEvent('drop', { dataTransfer: data, cancelable: true });
      document.dispatchEvent(event);
    }, [type, file, name]);
    await page.waitForFunction((called) => document.getElementById('picture-name').textContent.startsWith(called), name);
    assert.equal((await answer(page)).text, 'A purple star.');
  }
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/uri-list', 'https://example.org/cat.png');
    document.dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true }));
  });
  assert.match(await fault(page).innerText(), /That was no file[^]*Save the picture first/);
  await close();
});

for (const [name, file, words] of [
  ['a broken file', bytes('broken.png', 'image/png', readFileSync(imageFile('scene01.png')).subarray(0, 300).toString('latin1')), /can't be read[^]*png/i],
  ['a text file', bytes('notes.txt', 'text/plain', 'not a picture at all'), /no picture that can be read here/],
  ['an SVG', bytes('drawing.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"></svg>'), /SVG/i],
  ['a HEIC', bytes('photo.heic', 'image/heic', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'), /HEI[CF]/i],
  ['a picture of a million megapixels', bytes('huge.gif', 'image/gif', 'GIF89a\xff\xff\xff\xff\0\0\0;'), /too large[^]*65535/],
]) {
  test(`${name} is refused with a reason, and the next picture is taken`, { timeout: 60_000 }, async () => {
    const { page, close } = await openPage(browser, 'pictures');
    await ready(page);
    await give(page, file);
    await fault(page).waitFor();
    assert.match(await fault(page).innerText(), words);
    assert.match(await page.locator('#alarm').textContent(), words);
    assert.equal((await look(page, 'scene01.png')).text, 'A purple star.');
    assert.equal(await fault(page).count(), 0);
    await close();
  });
}

test('the server goes away: the picture stays, and this browser goes on', { timeout: 120_000 }, async () => {
  const { page, close } = await openPage(browser, 'pictures', { base: proxy.url });
  await ready(page);
  await look(page, 'scene01.png');
  proxy.goAway();
  await page.click('#run');
  await fault(page).waitFor();
  proxy.comeBack();
  await page.getByRole('button', { name: 'Go on with this browser\'s CPU' }).click();
  await ready(page);
  assert.equal((await answer(page)).text, 'A purple star.');
  assert.match(await page.locator('#privacy').innerText(), /stay in this browser/);
  await close();
});

test('dtypes per module are taken by the server too, for pictures and for chat', { timeout: 120_000 }, async () => {
  const { page, close } = await openPage(browser, 'pictures?place=server&dtype=vision_encoder:fp16,encoder_model:q4');
  await ready(page);
  assert.equal(await page.locator('#place-name').innerText(), 'The server');
  const [{ image, text }] = clear('<CAPTION>', 4);
  assert.equal((await look(page, image)).text, text);
  await close();
  const chat = await openPage(browser, '?model=bundled/tiny-chat&place=server&dtype=model:q4');
  await ready(chat.page);
  assert.equal(await chat.page.locator('#place-name').innerText(), 'The server');
  await chat.close();
});

test('on a phone the page opens at its top', { timeout: 60_000 }, async () => {
  const { page, close } = await openPage(browser, 'pictures', { viewport: { width: 390, height: 780 } });
  await ready(page);
  const scrolled = await page.evaluate(() => Math.max(...[...document.querySelectorAll('*')].map((element) => element.scrollTop)));
  assert.equal(scrolled, 0);
  await close();
});

test('where a Hub answers, its own Florence-2 is the first offer, with its size, and nothing of it is fetched', { timeout: 60_000 }, async () => {
  const hubsOwn = 'onnx-community/Florence-2-base-ft';
  const context = await browser.newContext();
  const weights = [];
  // The Hub is one that has the small model under that id.
  await context.route(`**/${hubsOwn}/**`, async (route) => {
    const url = route.request().url();
    if (url.includes('.onnx')) {
      weights.push(url);
    }
    await route.fulfill({ response: await route.fetch({ url: url.replace(hubsOwn, 'bundled/Florence-2-tiny-shapes') }) });
  });
  const page = await context.newPage();
  await page.goto(`${serverUrl}/pictures`);
  await ready(page);
  await page.locator('#offer:not([hidden])').waitFor();
  assert.match(await page.locator('#offer').innerText(), /^Use Florence-2-base-ft from the Hub .*, [0-9.]+ MB\)$/);
  assert.equal(await page.locator('#model-name').innerText(), 'Florence-2-tiny-shapes');
  await page.click('#model-button');
  assert.match(await page.locator('#model-list li').first().innerText(), /Florence-2-base-ft/);
  assert.deepEqual(weights, []);
  await context.close();
});

test('a mistyped module and a mistyped dtype are both told, with what is valid', { timeout: 60_000 }, async () => {
  const { page, close } = await openPage(browser, 'pictures?dtype=vision_encoder:fp17,decoder:q4');
  await fault(page).waitFor();
  const words = await fault(page).innerText();
  assert.match(words, /fp17[^\n]*valid: fp32/);
  assert.match(words, /unknown module "decoder"[^\n]*decoder_model_merged/i);
  await page.click('text=Choose the weights automatically');
  await ready(page);
  await close();
});

for (const [name, options] of Object.entries({
  'on a desktop, light': { colorScheme: 'light' },
  'on a desktop, dark': { colorScheme: 'dark' },
  'on a phone': { viewport: { width: 390, height: 844 } },
})) {
  test(`no violation found by axe ${name}`, { timeout: 120_000 }, async () => {
    const { page, close } = await openPage(browser, 'pictures', { reducedMotion: 'reduce', ...options });
    await ready(page);
    const check = async (state) => {
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => `${state}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${state}: nothing juts out`);
    };
    await check('landing');
    await choose(page, '<OD>');
    await look(page, 'scene00.png');
    await check('objects');
    await choose(page, '<REGION_TO_CATEGORY>');
    await check('region');
    for (const menu of ['model', 'place', 'dtype']) {
      await page.click(`#${menu}-button`);
      await check(`menu of ${menu}s`);
      await page.keyboard.press('Escape');
    }
    await give(page, bytes('notes.txt', 'text/plain', 'not a picture'));
    await fault(page).waitFor();
    await check('fault');
    await close();
  });
}

test('a first visit that captions in the browser takes at most 300 KB of page and scripts', { timeout: 60_000 }, async () => {
  const { page, close } = await openPage(browser, 'favicon-free');
  const taken = new Map();
  page.on('response', (response) => {
    const path = new URL(response.url()).pathname;
    if (/\.(html|css|js|mjs)$|^\/pictures$/.test(path) && response.ok()) {
      assert.equal(response.headers()['content-encoding'], 'gzip', path);
      taken.set(path, Number(response.headers()['content-length']));
    }
  });
  await page.goto(`${serverUrl}/pictures?place=cpu`);
  await ready(page);
  const paths = [...taken.keys()];
  for (const part of [/^\/pictures$/, /styles\..*css/, /pictures\..*css/, /samovar-pictures\..*js/, /pictures-worker-boot\..*js/, /ort\.(jspi|webgpu)\.min\.mjs/]) {
    assert.ok(paths.some((path) => part.test(path)), `${part} is among ${paths.join(', ')}`);
  }
  assert.ok(!paths.some((path) => /\/(samovar|markdown)\./.test(path)), 'nothing of the chat comes along');
  const total = [...taken.values()].reduce((sum, size) => sum + size, 0);
  console.log(`${total} bytes`);
  assert.ok(total <= 300_000, `${total} bytes`);
  await close();
});
