// The page on this browser's GPU, which is a software one here.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from '../testkit/browser.mjs';
import { ask, greedy, openPage, ready, set, tinyGoldens, typable } from '../testkit/page.mjs';

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
