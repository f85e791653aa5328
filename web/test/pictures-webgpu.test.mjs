// The page of pictures on this browser's GPU, which is a software one here.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from '../testkit/browser.mjs';
import { fault, openPage, ready } from '../testkit/page.mjs';
import { clear, look, notOfTheHub } from '../testkit/pictures.mjs';

const gpu = 'pictures?model=Florence-2-tiny-shapes&place=gpu';
const mix = 'embed_tokens:fp16,vision_encoder:fp16,encoder_model:q4,decoder_model_merged:q4';

let browser;

before(async () => {
  browser = await startBrowser({ webgpu: true });
});

after(async () => browser?.close());

test('captions as the reference does, on webgpu', { timeout: 300_000 }, async () => {
  const { page, complaints, close } = await openPage(browser, `${gpu}&dtype=fp32`);
  await ready(page);
  assert.equal(await page.locator('#place-name').innerText(), 'This browser\'s GPU');
  for (const { image, text } of clear('<CAPTION>', 4).slice(0, 2)) {
    assert.equal((await look(page, image)).text, text, image);
  }
  assert.deepEqual(complaints.filter(notOfTheHub), []);
  await close();
});

test('the fp16 mix is refused without shader-f16 before any weights move, and the nearest plan is one click away', {
  timeout: 300_000,
}, async () => {
  const { page, weights, close } = await openPage(browser, `${gpu}&dtype=${mix}`);
  await fault(page).waitFor();
  const words = await fault(page).innerText();
  assert.match(words, /This browser's GPU can't run these weights/);
  assert.match(words, /embed_tokens[^\n]*shader-f16/);
  assert.match(words, /vision_encoder[^\n]*shader-f16/);
  assert.deepEqual(weights, []);
  await page.getByRole('button', { name: /^Use embed_tokens fp32 and vision_encoder fp32 here/ }).click();
  await ready(page);
  assert.equal(await page.locator('#place-name').innerText(), 'This browser\'s GPU');
  assert.ok(weights.length === 4 && weights.every((url) => !url.includes('fp16')), weights.join('\n'));
  const [{ image, text }] = clear('<CAPTION>', 4);
  assert.equal((await look(page, image)).text, text);
  await close();
});

test('a JSON map in the address asks the same', { timeout: 60_000 }, async () => {
  const map = encodeURIComponent(JSON.stringify({ vision_encoder: 'fp16', encoder_model: 'q4' }));
  const { page, weights, close } = await openPage(browser, `${gpu}&dtype=${map}`);
  await fault(page).waitFor();
  assert.match(await fault(page).innerText(), /vision_encoder[^\n]*shader-f16/);
  assert.equal(await page.getByRole('button', { name: /^Use vision_encoder fp32 here/ }).count(), 1);
  assert.deepEqual(weights, []);
  await close();
});

test('menus of modules say why fp16 can\'t run here', { timeout: 120_000 }, async () => {
  const { page, close } = await openPage(browser, gpu);
  await ready(page);
  const options = page.locator('#plan-rows select').first().locator('option');
  const fp16 = options.filter({ hasText: /^fp16,/ });
  assert.match(await fp16.textContent(), /shader-f16/);
  assert.ok(await fp16.isDisabled());
  await close();
});
