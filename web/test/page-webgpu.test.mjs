// The page on this browser's GPU, which is a software one here.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from '../testkit/browser.mjs';
import { ask, fault, greedy, openPage, ready, serverUrl, set, tinyGoldens, typable } from '../testkit/page.mjs';
import { losableDevice, withoutJspi } from '../testkit/prelude.mjs';

let browser;

before(async () => {
  browser = await startBrowser({ webgpu: true });
});

after(async () => browser?.close());

test('answers as the reference does, on webgpu', { timeout: 300_000 }, async () => {
  const { page, complaints, close } = await openPage(browser, '?model=tiny-chat&place=gpu&dtype=fp32');
  await ready(page);
  assert.equal(await page.locator('#place-name').innerText(), 'This browser\'s GPU');
  assert.equal(await page.locator('#dtype-name').innerText(), 'fp32');
  const goldens = typable(tinyGoldens).slice(0, 4);
  assert.equal(goldens.length, 4);
  for (const golden of goldens) {
    await set(page, { ...greedy, system: golden.system });
    const answer = await ask(page, golden.question);
    assert.equal(answer.text, golden.text);
    assert.match(answer.figures, /tok\/s · first token after .* s · \d+ tokens$/);
    await page.click('#clear');
  }
  assert.deepEqual(complaints, []);
  await close();
});

test('answers as the reference does in a browser without JSPI, by the other build', { timeout: 180_000 }, async () => {
  const { page, complaints, close } = await openPage(browser, '', { prelude: withoutJspi });
  const fetched = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto(`${serverUrl}/?model=tiny-chat&place=gpu&dtype=fp32`);
  await ready(page);
  assert.equal(await page.locator('#place-name').innerText(), 'This browser\'s GPU');
  await set(page, greedy);
  assert.equal((await ask(page, 'What is 3 plus 4?')).text, '3 plus 4 is 7.');
  assert.ok(fetched.some((path) => path.endsWith('.asyncify.wasm')), fetched.join('\n'));
  assert.ok(fetched.every((path) => !path.includes('jspi')), fetched.join('\n'));
  assert.deepEqual(complaints, []);
  await close();
});

async function losesItsGpu(page, lose) {
  await ready(page);
  assert.equal(await page.locator('#place-name').innerText(), 'This browser\'s GPU');
  await set(page, greedy);
  await page.fill('#question', 'Tell me a joke.');
  await page.keyboard.press('Enter');
  await page.locator('.answer .text .block').waitFor();
  await lose();
  await fault(page).waitFor();
  assert.match(await fault(page).innerText(), /The answer broke off[^]*the GPU device was lost/);
  assert.equal(await page.locator('.figures').innerText(), 'broken off');
  await page.click('text=Go on with the server');
  await page.locator('.figures', { hasText: 'tok/s' }).waitFor();
  assert.equal(await page.locator('#place-name').innerText(), 'The server');
  const joke = 'Why did the tensor cross the road? To get to the other device!';
  assert.deepEqual(await page.locator('.answer .text').allInnerTexts(), [joke]);
  assert.equal((await ask(page, 'What colour is snow?')).text, 'Snow is white.');
}

test('a GPU device that is lost in mid-answer is told, and the conversation goes on on the server', { timeout: 180_000 }, async () => {
  const { page, close } = await openPage(browser, '?model=tiny-chat&place=gpu&dtype=fp32', { prelude: losableDevice });
  await losesItsGpu(page, () => page.evaluate(() => new BroadcastChannel('lose').postMessage('now')));
  await close();
});

test('a GPU process that dies in mid-answer is told, and the conversation goes on on the server', { timeout: 180_000 }, async () => {
  const fragile = await startBrowser({ webgpu: true });
  const { page } = await openPage(fragile, '?model=tiny-chat&place=gpu&dtype=fp32');
  const devtools = await fragile.newBrowserCDPSession();
  await losesItsGpu(page, () => devtools.send('Browser.crashGpuProcess'));
  await fragile.close();
});

test('a software adapter never wins by itself, and says so in the menu', async () => {
  const { page, weights, close } = await openPage(browser);
  await ready(page);
  assert.equal(await page.locator('#place-name').innerText(), 'The server');
  await page.click('#place-button');
  assert.match(await page.locator('#place-list button').first().innerText(), /software/);
  assert.deepEqual(weights, []);
  await close();
});

test('lists the dtypes that exist, and why fp16 can\'t run here', async () => {
  const { page, weights, close } = await openPage(browser, '?model=tiny-chat&place=gpu');
  await ready(page);
  await page.click('#dtype-button');
  const names = await page.locator('#dtype-list .name').allInnerTexts();
  assert.deepEqual(names, ['Automatic', 'fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'q4f16', 'bnb4']);
  const fp16 = page.locator('#dtype-list button', { hasText: 'fp16' }).first();
  assert.equal(await fp16.getAttribute('aria-disabled'), 'true');
  assert.match(await fp16.innerText(), /1\.9 MB[^]*shader-f16/);
  await fp16.click({ force: true });
  await page.keyboard.press('Escape');
  assert.ok(weights.every((url) => !url.includes('fp16')), 'no fp16 weights were fetched');
  await close();
});

test('fp16 asked for without shader-f16 goes where it runs, with the reason and without its weights', async () => {
  const { page, weights, close } = await openPage(browser, '?model=tiny-chat&place=gpu&dtype=fp16');
  await ready(page);
  assert.equal(await page.locator('#place-name').innerText(), 'The server');
  assert.match(await page.locator('#status').innerText(), /You chose this browser's GPU, which cannot .*shader-f16/);
  assert.deepEqual(weights, []);
  await close();
});
