// The page of pictures on this browser's CPU.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from '../testkit/browser.mjs';
import { openPage, ready } from '../testkit/page.mjs';
import { answer, askAgain, captionGoldens, choose, clear, copied, look, notOfTheHub, overlap } from '../testkit/pictures.mjs';

const cpu = 'pictures?model=Florence-2-tiny-shapes&place=cpu';
const mix = 'embed_tokens:fp16,vision_encoder:fp16,encoder_model:q4,decoder_model_merged:q4';
const permissions = ['clipboard-read', 'clipboard-write'];

let browser;

before(async () => {
  browser = await startBrowser();
});

after(async () => browser?.close());

test('captions as the reference does, on wasm, without sending the picture anywhere', { timeout: 300_000 }, async () => {
  const { page, complaints, close } = await openPage(browser, cpu);
  const sent = [];
  page.on('request', (request) => request.method() !== 'GET' && sent.push(request.url()));
  await ready(page);
  assert.equal(await page.locator('#place-name').innerText(), 'This browser\'s CPU');
  assert.match(await page.locator('#privacy').innerText(), /stay in this browser/);
  for (const task of ['<CAPTION>', '<DETAILED_CAPTION>', '<MORE_DETAILED_CAPTION>']) {
    const goldens = clear(task).slice(0, 3);
    assert.equal(goldens.length, 3);
    await choose(page, task);
    for (const { image, text } of goldens) {
      const found = await look(page, image);
      assert.equal(found.text, text, image);
      assert.match(found.figures, /^picture made ready in .* s · first token after .* s · .* s in all · \d+ tokens$/);
    }
  }
  assert.deepEqual(sent, []);
  assert.deepEqual(complaints.filter(notOfTheHub), []);
  await close();
});

test('captions with the documented mix of weights', { timeout: 300_000 }, async () => {
  const { page, weights, close } = await openPage(browser, `${cpu}&dtype=${mix}`);
  await ready(page);
  assert.equal(await page.locator('#dtype-name').innerText(), 'mixed');
  for (const { image, text } of clear('<CAPTION>', 4).slice(0, 4)) {
    assert.equal((await look(page, image)).text, text, image);
  }
  const names = weights.map((url) => /[^/]+\.onnx$/.exec(new URL(url).pathname)[0]).sort();
  assert.deepEqual(names, [
    'decoder_model_merged_q4.onnx', 'embed_tokens_fp16.onnx', 'encoder_model_q4.onnx', 'vision_encoder_fp16.onnx']);
  await close();
});

test('draws what it finds, links it with the list, and copies it as text and as JSON', { timeout: 120_000 }, async () => {
  const { page, close } = await openPage(browser, cpu, { permissions });
  await ready(page);
  await choose(page, '<OD>');
  const image = 'scene09.png';
  const golden = captionGoldens.find((one) => one.image === image).tasks['<OD>'].post_processed['<OD>'];
  await look(page, image);
  assert.deepEqual(await page.locator('#result-list .name').allInnerTexts(), golden.labels);
  assert.deepEqual(await page.locator('#tags .tag').allInnerTexts(), golden.labels);
  assert.equal(await page.locator('#marks .mark').count(), golden.labels.length);

  await page.click('#copy-json');
  const json = JSON.parse(await copied(page))['<OD>'];
  assert.deepEqual(json.labels, golden.labels);
  json.bboxes.forEach((box, i) => assert.ok(overlap(box, golden.bboxes[i]) > 0.8, `${box} is near ${golden.bboxes[i]}`));
  await page.click('#copy-text');
  assert.match(await copied(page), /^purple star: \d+, \d+ to \d+, \d+\n/);

  const sheet = await page.locator('#sheet').boundingBox();
  const drawn = await page.locator('#marks .mark .line').first().boundingBox();
  const scale = sheet.width / 207;
  assert.ok(Math.abs(drawn.x - sheet.x - json.bboxes[0][0] * scale) < 4, 'the first box lies where its numbers say');
  await page.locator('#result-list button').nth(1).focus();
  assert.deepEqual(await page.locator('#marks .mark').evaluateAll((marks) => marks.map((one) => one.getAttribute('class'))),
    ['mark c0 dim', 'mark c1 lit', 'mark c2 dim']);
  await page.locator('#marks .mark .line').nth(2).hover({ position: { x: 3, y: 3 } });
  assert.match(await page.locator('#result-list button').nth(2).getAttribute('class'), /lit/);
  await close();
});

test('streams, and stops in the middle with what was said', { timeout: 120_000 }, async () => {
  const { page, close } = await openPage(browser, cpu);
  await ready(page);
  await choose(page, '<MORE_DETAILED_CAPTION>');
  await page.evaluate(() => {
    const words = document.getElementById('result-text');
    new MutationObserver((_, observer) => {
      if (words.textContent !== '') {
        observer.disconnect();
        document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
      }
    }).observe(words, { childList: true, characterData: true, subtree: true });
  });
  const { image, text } = clear('<MORE_DETAILED_CAPTION>')[0];
  const stopped = await look(page, image);
  assert.match(stopped.figures, /· stopped$/);
  assert.ok(stopped.text.length > 0 && stopped.text.length < text.length && text.startsWith(stopped.text), stopped.text);
  assert.equal((await askAgain(page)).text, text);
  await close();
});

test('a region is drawn with the mouse or typed, and asked about', { timeout: 120_000 }, async () => {
  const { page, close } = await openPage(browser, cpu);
  await ready(page);
  await page.locator('.drawing').first().click();
  await answer(page);
  await choose(page, '<REGION_TO_DESCRIPTION>');
  assert.match(await page.locator('#task-note').innerText(), /never trained for this/);
  const sheet = await page.locator('#sheet').boundingBox();
  await page.mouse.move(sheet.x + sheet.width * 0.1, sheet.y + sheet.height * 0.1);
  await page.mouse.down();
  await page.mouse.move(sheet.x + sheet.width * 0.5, sheet.y + sheet.height * 0.6, { steps: 4 });
  await page.mouse.up();
  const values = await page.locator('.sides input').evaluateAll((fields) => fields.map((field) => Number(field.value)));
  [32, 32, 160, 192].forEach((side, i) => assert.ok(Math.abs(values[i] - side) <= 2, `${values}`));
  await page.fill('#region-left', '64');
  await page.keyboard.press('Enter');
  assert.notEqual((await answer(page)).figures, '');
  assert.equal(await page.locator('.fault').count(), 0);
  await choose(page, '<OPEN_VOCABULARY_DETECTION>');
  assert.ok(await page.locator('#run').isDisabled(), 'words are missing');
  await page.fill('#words', 'a red circle');
  await askAgain(page);
  await close();
});

test('every module has a menu of its weights, and a choice lasts over a reload', { timeout: 120_000 }, async () => {
  const { page, close } = await openPage(browser, cpu);
  await ready(page);
  await page.click('#dtype-button');
  const menus = page.locator('#plan-rows select');
  assert.equal(await menus.count(), 4);
  await page.selectOption('#plan-rows select[aria-label="Weights of encoder_model"]', 'q8');
  await page.waitForURL(/dtype=encoder_model:q8/);
  await ready(page);
  await page.reload();
  await ready(page);
  assert.equal(await page.locator('#plan-rows select').nth(2).inputValue(), 'q8');
  assert.equal(await page.locator('#plan-rows select').nth(0).inputValue(), 'auto');
  await close();
});
