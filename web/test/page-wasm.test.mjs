// The page on this browser's CPU.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from '../testkit/browser.mjs';
import { ask, fault, greedy, openPage, ready, serverUrl, set, smolGoldens, tinyGoldens, typable } from '../testkit/page.mjs';
import { eightCores, withoutJspi } from '../testkit/prelude.mjs';

let browser;

before(async () => {
  browser = await startBrowser();
});

after(async () => browser?.close());

test('answers as the reference does, on wasm', { timeout: 300_000 }, async () => {
  const { page, complaints, close } = await openPage(browser, '?model=tiny-chat&place=cpu');
  await ready(page);
  assert.equal(await page.locator('#place-name').innerText(), 'This browser\'s CPU');
  const goldens = typable(tinyGoldens);
  assert.equal(goldens.length, 11);
  for (const golden of goldens) {
    await set(page, { ...greedy, system: golden.system });
    const answer = await ask(page, golden.question);
    assert.equal(answer.text, golden.text);
    await page.click('#clear');
  }
  assert.deepEqual(complaints, []);
  await close();
});

test('answers as the reference does in a browser without JSPI, by the other build', { timeout: 120_000 }, async () => {
  const { page, complaints, close } = await openPage(browser, '', { prelude: withoutJspi });
  const fetched = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto(`${serverUrl}/?model=tiny-chat&place=cpu`);
  await ready(page);
  await set(page, greedy);
  assert.equal((await ask(page, 'Count to 6.')).text, '1, 2, 3, 4, 5, 6.');
  assert.ok(fetched.some((path) => path.endsWith('.asyncify.wasm')), fetched.join('\n'));
  assert.ok(fetched.every((path) => !path.includes('jspi')), fetched.join('\n'));
  assert.deepEqual(complaints, []);
  await close();
});

/** Keeps what the worker tells of its threads. */
function hearThreads() {
  window.heard = [];
  new BroadcastChannel('threads').onmessage = ({ data }) => window.heard.push(data);
}

test('answers as the reference does with four threads that share their memory', { timeout: 120_000 }, async () => {
  const { page, complaints, close } = await openPage(browser, '?model=tiny-chat&place=cpu', { init: hearThreads, prelude: eightCores });
  await ready(page);
  await set(page, greedy);
  assert.equal((await ask(page, 'Count to 6.')).text, '1, 2, 3, 4, 5, 6.');
  const heard = await page.evaluate(() => window.heard);
  // Beside the worker's own thread, which computes too.
  assert.equal(heard.filter((what) => what === 'thread').length, 3, heard.join());
  assert.equal(heard.filter((what) => what === 'shared memory').length, 3, heard.join());
  assert.deepEqual(complaints, []);
  await close();
});

test('goes on with a conversation, and answers again what was asked last', { timeout: 120_000 }, async () => {
  const { page, close } = await openPage(browser, '?model=tiny-chat&place=cpu');
  await ready(page);
  await set(page, greedy);
  await ask(page, 'Hi');
  assert.equal((await ask(page, 'What is 2 plus 2?')).text, '2 plus 2 is 4.');
  await page.locator('.answer').last().locator('.again').click();
  await page.waitForFunction(() => [...document.querySelectorAll('.figures')].every((line) => line.textContent !== ''));
  assert.equal(await page.locator('.answer').count(), 2);
  assert.equal(await page.locator('.answer .text').last().innerText(), '2 plus 2 is 4.');
  await close();
});

test('a second visit takes the weights from the browser', { timeout: 120_000 }, async () => {
  const { page, close } = await openPage(browser, '?model=tiny-chat&place=cpu');
  await ready(page);
  const fetched = [];
  page.on('request', (request) => /\.onnx/.test(request.url()) && fetched.push(request.url()));
  await page.reload();
  await ready(page);
  await page.click('#place-button');
  assert.match(await page.locator('#place-list button').nth(1).innerText(), /kept here/);
  assert.deepEqual(fetched, []);
  await close();
});

/** The page's first message of this type never gets to its worker, which breaks or answers what it never should. */
function firstBreaks() {
  const post = Worker.prototype.postMessage;
  const toBreak = ['load', 'chat'];
  Worker.prototype.postMessage = function postOrBreak(text) {
    const { type, id } = JSON.parse(text);
    if (type !== toBreak[0]) {
      post.call(this, text);
      return;
    }
    toBreak.shift();
    this.dispatchEvent(type === 'load'
      ? new ErrorEvent('error', { message: 'out of breath' })
      : new MessageEvent('message', { data: JSON.stringify({ type: 'delta', id }) }));
  };
}

test('a worker that dies while loading, or talks nonsense, is told, and the next one answers', { timeout: 120_000 }, async () => {
  const { page, close } = await openPage(browser, '?model=tiny-chat&place=cpu', { init: firstBreaks });
  await fault(page).waitFor();
  assert.match(await fault(page).innerText(), /could not be loaded[^]*out of breath/);
  await page.click('text=Try this browser\'s CPU again');
  await ready(page);
  await set(page, greedy);
  await page.fill('#question', 'What is 2 plus 2?');
  await page.keyboard.press('Enter');
  await fault(page).waitFor();
  assert.match(await fault(page).innerText(), /The answer broke off[^]*text[^]*Ask again/);
  await page.click('text=Try this browser\'s CPU again');
  await page.locator('.figures', { hasText: 'tok/s' }).waitFor();
  assert.deepEqual(await page.locator('.answer .text').allInnerTexts(), ['2 plus 2 is 4.']);
  await close();
});

test('SmolLM2 waits for a click, loads with its bytes counted, gives the reference\'s stable tokens, and stops', {
  timeout: 600_000,
}, async () => {
  const { page, complaints, weights, close } = await openPage(browser, '?place=cpu');
  await page.locator('.plan').waitFor();
  const row = await page.locator('.plan tbody tr').innerText();
  assert.match(row, /model\s+q4\s+100 MB\s+q4: /);
  assert.deepEqual(weights, [], 'nothing is fetched before the click');
  const phases = await page.evaluate(() => {
    window.seen = new Set();
    new MutationObserver(() => {
      const card = document.querySelector('.loading');
      if (card) {
        window.seen.add(`${card.querySelector('.phase').textContent}: ${card.querySelector('.bytes').textContent}`);
      }
    }).observe(document.getElementById('stage'), { childList: true, subtree: true, characterData: true });
  }).then(() => page.click('text=Download and load 100 MB')).then(() => ready(page, 120_000)).then(() => page.evaluate(() => [...window.seen]));
  assert.ok(phases.some((line) => /^Fetching the weights: \d+ MB of 100 MB$/.test(line)), phases.join('\n'));
  const goldens = typable(smolGoldens).filter(({ stableTokens }) => stableTokens > 2).slice(0, 2);
  assert.equal(goldens.length, 2);
  for (const golden of goldens) {
    await set(page, { ...greedy, system: golden.system, max_new_tokens: golden.stableTokens });
    const answer = await ask(page, golden.question, 300_000);
    assert.match(answer.figures, new RegExp(`· ${golden.stableTokens} tokens · cut at the limit$`));
    assert.ok(golden.text.startsWith(answer.text) && answer.text.length > golden.stableTokens * 2, `${answer.text} | ${golden.text}`);
    await page.click('#clear');
  }
  await set(page, { max_new_tokens: 200 });
  await page.fill('#question', 'Tell me a long story.');
  await page.keyboard.press('Enter');
  await page.locator('.answer .text .block').waitFor({ timeout: 120_000 });
  await page.keyboard.press('Escape');
  await page.locator('.figures:not(:empty)').waitFor({ timeout: 20_000 });
  assert.match(await page.locator('.figures').innerText(), /· stopped$/);
  assert.deepEqual(complaints, []);
  await close();
});
