// Part of the long form (./test --all): tiny-chat through the page in every dtype in every place.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startBrowser } from '../testkit/browser.mjs';
import { ask, greedy, openPage, ready, set, tinyGoldens, typable } from '../testkit/page.mjs';

const files = {
  fp32: 'model', fp16: 'model_fp16', q8: 'model_quantized', int8: 'model_int8', uint8: 'model_uint8', q4: 'model_q4', q4f16: 'model_q4f16',
  bnb4: 'model_bnb4',
};
const needShaderF16 = ['fp16', 'q4f16'];
// With and without a system prompt.
const goldens = [0, 3, 5, 8].map((index) => typable(tinyGoldens)[index]);

/** Opens the page for this place and dtype; `asked` collects the dtypes in the requests to the server's API. */
async function open(browser, place, dtype) {
  const opened = await openPage(browser, `?model=tiny-chat&place=${place}&dtype=${dtype}`);
  const asked = [];
  opened.page.on('request', (request) => {
    if (request.url().endsWith('/v1/chat/completions')) {
      asked.push(request.postDataJSON().dtype);
    }
  });
  await ready(opened.page);
  return { ...opened, asked };
}

async function chats({ page }, place, dtype) {
  assert.equal(await page.locator('#place-name').innerText(), place);
  assert.equal(await page.locator('#dtype-name').innerText(), dtype);
  for (const golden of goldens) {
    await set(page, { ...greedy, system: golden.system });
    assert.equal((await ask(page, golden.question)).text, golden.text);
    await page.click('#clear');
  }
}

function fetchedOnly(weights, dtype) {
  assert.deepEqual(weights.map((url) => new URL(url).pathname.split('/').at(-1)), [`${files[dtype]}.onnx`]);
}

test('the conversations are two at least, one of them with a system prompt', () => {
  assert.equal(goldens.length, 4);
  assert.ok(goldens.every(Boolean));
  assert.ok(goldens.some(({ system }) => system !== ''));
});

describe('without an adapter', () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  for (const dtype of Object.keys(files)) {
    test(`answers as the reference does in ${dtype} on this browser's CPU`, { timeout: 300_000 }, async () => {
      const opened = await open(browser, 'cpu', dtype);
      await chats(opened, 'This browser\'s CPU', dtype);
      fetchedOnly(opened.weights, dtype);
      assert.deepEqual(opened.asked, []);
      assert.deepEqual(opened.complaints, []);
      await opened.close();
    });

    test(`answers as the reference does in ${dtype} on the server`, { timeout: 300_000 }, async () => {
      const opened = await open(browser, 'server', dtype);
      await chats(opened, 'The server', dtype);
      assert.deepEqual(opened.weights, []);
      assert.deepEqual(opened.asked, goldens.map(() => dtype));
      assert.deepEqual(opened.complaints, []);
      await opened.close();
    });
  }
});

describe('with a software adapter', () => {
  let browser;
  before(async () => {
    browser = await startBrowser({ webgpu: true });
  });
  after(() => browser?.close());

  for (const dtype of Object.keys(files).filter((each) => !needShaderF16.includes(each))) {
    test(`answers as the reference does in ${dtype} on this browser's GPU`, { timeout: 600_000 }, async () => {
      const opened = await open(browser, 'gpu', dtype);
      await chats(opened, 'This browser\'s GPU', dtype);
      fetchedOnly(opened.weights, dtype);
      assert.deepEqual(opened.asked, []);
      assert.deepEqual(opened.complaints, []);
      await opened.close();
    });
  }

  for (const dtype of needShaderF16) {
    test(`says why ${dtype} can't run on this browser's GPU, and answers as the reference does on the server`, { timeout: 300_000 }, async () => {
      const opened = await open(browser, 'gpu', dtype);
      assert.match(
        await opened.page.locator('#status').innerText(), /You chose this browser's GPU, which cannot .*shader-f16/);
      await opened.page.click('#place-button');
      assert.match(await opened.page.locator('#place-list button').first().innerText(), /shader-f16/);
      await opened.page.keyboard.press('Escape');
      await chats(opened, 'The server', dtype);
      assert.deepEqual(opened.asked, goldens.map(() => dtype));
      assert.deepEqual(opened.weights, []);
      assert.deepEqual(opened.complaints, []);
      await opened.close();
    });
  }
});
