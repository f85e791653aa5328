// "Open any model": what a visitor types is looked up on a Hub that stands in for the public one, explained, and only then loaded.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { start } from '../../server/src/test/clients/server.mjs';
import { startBrowser } from '../testkit/browser.mjs';
import { startFakeHub } from '../testkit/fake-hub.mjs';
import { commit } from '../testkit/hub-repository.mjs';
import { ask, fault, openPage, ready, tinyGoldens, typable } from '../testkit/page.mjs';
import { answer, clear, give, imageFile } from '../testkit/pictures.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const bundled = (name) => fileURLToPath(new URL(`../../models/bundled/${name}`, import.meta.url));

function repository(id, contents, more = {}) {
  return { id, commits: { [contents.sha]: contents }, refs: { main: contents.sha }, ...more };
}

const configOnly = (config, files = {}) => commit(null, { 'config.json': JSON.stringify(config), ...files });
const chat = 'onnx-community/tiny-chat-of-the-hub';
const florence = 'onnx-community/Florence-2-of-the-hub';

const repositories = [
  repository(chat, commit(bundled('tiny-chat'))),
  repository(florence, commit(bundled('Florence-2-tiny-shapes'))),
  repository('meta/gated-model', commit(bundled('tiny-chat')), { gated: true, token: 'of-somebody-else' }),
  repository('someone/segment-anything', configOnly({ model_type: 'sam', architectures: ['SamModel'] }, {
    'onnx/vision_encoder.onnx': 'x'.repeat(3_000_000), 'onnx/mask_decoder_quantized.onnx': 'x'.repeat(1_500_000),
  })),
  repository('someone/speech', configOnly({ model_type: 'whisper', architectures: ['WhisperForConditionalGeneration'] }, {
    'onnx/encoder_model.onnx': 'x', 'onnx/decoder_model_merged.onnx': 'x',
  })),
  repository('someone/torch-only', configOnly({ model_type: 'qwen2', architectures: ['Qwen2ForCausalLM'], num_hidden_layers: 2, num_attention_heads: 2, hidden_size: 8, vocab_size: 9 })),
  repository('someone/hostile', configOnly({ model_type: '<img src=x onerror="document.title=1">', architectures: ['<b>A</b>'] })),
  repository('someone/broken', commit(null, { 'config.json': '{"model_type": ' })),
  repository('someone/no-config', commit(null, { 'README.md': 'nothing' })),
];

let browser;
let hub;
let server;
let cache;

before(async () => {
  browser = await startBrowser({ webgpu: true });
  hub = await startFakeHub(repositories);
  cache = mkdtempSync(join(tmpdir(), 'samovar-open-'));
  server = await start(['--hub', hub.url, '--cache', cache, '--threads', '2']);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await hub?.close();
  rmSync(cache, { recursive: true, force: true });
});

const open = (query, options = {}) => openPage(browser, query, { base: server.url, reducedMotion: 'reduce', ...options });
const sheet = (page) => page.locator('.about');

/** Types into the menu of models, as a visitor does, and waits for what comes of it. */
async function look(page, typed) {
  await page.evaluate(() => document.getElementById('stage').replaceChildren());
  await page.click('#model-button');
  await page.fill('#model-id', typed);
  await page.keyboard.press('Enter');
  await page.locator('.about, .fault').first().waitFor();
}

/** The table as the page has it: from each module to its dtypes with sizes. */
async function table(page) {
  const rows = await sheet(page).locator('tbody tr').evaluateAll((all) => all.map((row) => [
    row.querySelector('code').textContent, [...row.querySelectorAll('.chip')].map((chip) => chip.firstChild.textContent),
  ]));
  return Object.fromEntries(rows);
}

const weightsAsked = () => hub.requests.filter(({ path, method }) => method === 'GET' && /\.onnx|\/lfs\//.test(path)).length;

test('a chat model: what it is, its dtypes with sizes, what runs where; nothing is loaded before the click', { timeout: 120_000 }, async () => {
  const { page, weights, close } = await open('?model=bundled/tiny-chat&place=cpu');
  await ready(page);
  const [before, fetched] = [weightsAsked(), weights.length];
  await look(page, `https://huggingface.co/${chat}/tree/main/onnx`);
  const words = await sheet(page).innerText();
  assert.match(await page.locator('#alarm').textContent(), /is a language model to chat with/);
  assert.match(words, new RegExp(`${chat} is a language model to chat with: qwen2, Qwen2ForCausalLM, text-generation\\. Open to everybody\\.`));
  assert.match(words, /This browser's CPU: q8, 1\.0 MB\./);
  assert.match(words, /The server: q4, /);
  assert.match(words, /This browser's GPU: .*software/);
  assert.match(words, /This browser's GPU, fp16, q4f16: Needs 16-bit floats/);
  const { model } = await table(page);
  assert.deepEqual(model.map((chip) => chip.split(' ')[0]), ['fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'q4f16', 'bnb4']);
  assert.ok(model.every((chip) => /^\w+ [0-9.]+ [kM]B$/.test(chip)), model.join('; '));
  assert.deepEqual([weightsAsked(), weights.length], [before, fetched], 'no weights were asked for');
  assert.equal(await page.locator('#model-name').innerText(), 'tiny-chat');
  await page.getByRole('button', { name: 'Use it' }).click();
  await ready(page);
  assert.equal(await page.locator('#model-name').innerText(), 'tiny-chat-of-the-hub');
  assert.equal(new URL(page.url()).searchParams.get('model'), chat);
  const [{ question, text }] = typable(tinyGoldens).filter(({ system }) => !system);
  assert.equal((await ask(page, question)).text, text);
  await close();
});

test('a visitor may stay with the model that answers already', { timeout: 120_000 }, async () => {
  const { page, close } = await open('?model=bundled/tiny-chat&place=server');
  await ready(page);
  await look(page, chat);
  await page.getByRole('button', { name: 'Stay with tiny-chat' }).click();
  await ready(page);
  const [{ question, text }] = typable(tinyGoldens).filter(({ system }) => !system);
  assert.equal((await ask(page, question)).text, text);
  await close();
});

test('a model for pictures typed on the chat page has a link to the other page, which opens it; and the other way round', { timeout: 180_000 }, async () => {
  const { page, close } = await open('?model=bundled/tiny-chat&place=server');
  await ready(page);
  await look(page, florence);
  const words = await sheet(page).innerText();
  assert.match(words, /is a model that looks at pictures: florence2, Florence2ForConditionalGeneration/);
  const modules = await table(page);
  assert.deepEqual(Object.keys(modules), ['embed_tokens', 'vision_encoder', 'encoder_model', 'decoder_model_merged']);
  assert.ok(Object.values(modules).every((chips) => chips.length === 8));
  assert.equal(await page.getByRole('button', { name: 'Use it' }).count(), 0);
  await page.getByRole('link', { name: 'Open it on the page for pictures' }).click();
  await page.waitForURL(/\/pictures\?model=onnx-community\/Florence-2-of-the-hub$/);
  await ready(page);
  assert.equal(await page.locator('#model-name').innerText(), 'Florence-2-of-the-hub');
  const [{ image, text }] = clear('<CAPTION>', 4);
  await give(page, imageFile(image));
  assert.equal((await answer(page)).text, text);
  await look(page, `hf.co/${chat}`);
  assert.match(await sheet(page).innerText(), /language model to chat with/);
  await page.getByRole('link', { name: 'Open it on the chat page' }).click();
  await page.waitForURL(/\/\?model=onnx-community\/tiny-chat-of-the-hub$/);
  await ready(page);
  await close();
});

test('an address of the wrong page explains the model in the same way', { timeout: 60_000 }, async () => {
  const { page, close } = await open(`?model=${florence}`);
  await sheet(page).waitFor();
  assert.equal(await page.getByRole('button', { name: /^Use / }).count(), 1);
  assert.equal(await page.getByRole('link', { name: 'Open it on the page for pictures' }).getAttribute('href'), `pictures?model=${florence}`);
  await close();
});

for (const [id, what] of Object.entries({
  'someone/segment-anything': [/not run here: sam, SamModel/, /Models of the type sam are not run\. Samovar runs language models .*Qwen.*Florence-2/],
  'someone/speech': [/not run here: whisper, WhisperForConditionalGeneration/, /family Whisper \(speech\) are not run yet/],
  'someone/torch-only': [/language model to chat with: qwen2/, /no ONNX file at all/],
  'someone/hostile': [/<img src=x onerror="document\.title=1">, <b>A<\/b>/, /are not run\. Samovar runs/],
  'someone/broken': [/not run here/, /config\.json/],
  'someone/no-config': [/not run here/, /has no config\.json/],
  'meta/gated-model': [/Gated: only for accounts that accepted its terms/, /start the server with a token of that account \(HF_TOKEN\)/],
})) {
  test(`${id} is explained by name and can't be loaded`, { timeout: 60_000 }, async () => {
    const { page, complaints, weights, close } = await open('?model=bundled/tiny-chat&place=server');
    await ready(page);
    await look(page, id);
    const words = await sheet(page).innerText();
    what.forEach((part) => assert.match(words, part));
    assert.equal(await page.getByRole('button', { name: 'Use it' }).count(), 0);
    assert.equal(await sheet(page).getByRole('link').count(), 0);
    if (id === 'someone/segment-anything') {
      assert.deepEqual(await table(page), { mask_decoder: ['q8 1.5 MB'], vision_encoder: ['fp32 3.0 MB'] });
    }
    if (id === 'meta/gated-model') {
      assert.equal((await table(page)).model.length, 8, 'its sizes are told all the same');
    }
    assert.equal(await page.title(), 'Samovar');
    assert.equal(await page.locator('#stage img, #stage b').count(), 0);
    assert.deepEqual(weights, []);
    assert.deepEqual(complaints.filter((text) => !/status of (401|403|404)/.test(text)), []);
    await page.getByRole('button', { name: 'Stay with tiny-chat' }).click();
    await ready(page);
    await close();
  });
}

test('mistyped and hostile ids are refused with a reason, without asking the Hub', { timeout: 120_000 }, async () => {
  const { page, close } = await open('?model=bundled/tiny-chat&place=server');
  await ready(page);
  const asked = hub.requests.length;
  for (const [typed, reason] of [
    ['just-a-name', /a model id is org\/name/],
    ['../../etc/passwd', /a model id is org\/name/],
    ['org/..%2f..%2fetc', /a model id is org\/name/],
    ['<script>alert(1)</script>/x', /a model id is org\/name/],
    [`a/${'b'.repeat(5000)}`, /a model id is org\/name/],
    ['https://evil.example/org/name', /not an address of the Hub/i],
    ['https://huggingface.co/datasets/org/name', /lies under datasets\//],
    ['https://huggingface.co/org/name/tree/v2', /leave out \/tree\/v2/],
  ]) {
    await look(page, typed);
    const words = await fault(page).innerText();
    assert.match(words, reason, typed.slice(0, 40));
    assert.ok(words.length < 1500, typed.slice(0, 40));
  }
  assert.equal(hub.requests.length, asked);
  await look(page, 'nobody/no-such-model');
  assert.match(await fault(page).innerText(), /nobody\/no-such-model can't be used[^]*Check the model's id/);
  await page.getByRole('button', { name: /^Use / }).click();
  await ready(page);
  await close();
});

for (const [name, options] of Object.entries({
  'on a desktop, light': { colorScheme: 'light' },
  'on a desktop, dark': { colorScheme: 'dark' },
  'on a phone': { viewport: { width: 390, height: 844 } },
  'on a narrow phone, dark': { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
})) {
  test(`what a model is can be read ${name}: no violation found by axe, nothing juts out`, { timeout: 120_000 }, async () => {
    const { page, close } = await open('?model=bundled/tiny-chat&place=server', options);
    await ready(page);
    for (const id of [chat, florence, 'someone/segment-anything']) {
      await look(page, id);
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      assert.deepEqual(violations.map((one) => `${id}: ${one.id}: ${one.nodes.map(({ html }) => html).join(' | ')}`), []);
      const jutting = await page.evaluate(() => {
        const card = document.querySelector('.about');
        const within = (element) => element.scrollWidth <= element.clientWidth + 1 || element.clientWidth === 0;
        return [document.documentElement, card, ...card.querySelectorAll('p, li, th, td')].filter((element) => !within(element))
          .map((element) => element.outerHTML.slice(0, 80));
      });
      assert.deepEqual(jutting, [], id);
      if (process.env.SAMOVAR_SHOTS) {
        await page.screenshot({ path: `${process.env.SAMOVAR_SHOTS}/open-${name.replace(/\W+/g, '-')}-${id.slice(-8)}.png` });
      }
    }
    await close();
  });
}
