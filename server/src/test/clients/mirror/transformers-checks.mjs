// What Transformers.js must do in Chromium with its models from a place; only env.remoteHost is another one.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startServer } from '../../../../../web/testkit/server.mjs';
import { MODEL } from './world.mjs';

const { cases } = JSON.parse(await readFile(
  new URL('../../../../../shared/src/test/resources/goldens/tiny_chat_greedy.json', import.meta.url), 'utf8'));
const FOLDER = 'server/src/test/clients/node_modules/';
/** The library's files, by the address where its page finds them. */
const libraries = {
  '/client-of-the-mirror/transformers/': `${FOLDER}@huggingface/transformers/dist/`,
  '/client-of-the-mirror/ort/': `${FOLDER}onnxruntime-web/dist/`,
};

/** A site that has nothing to do with the place. */
export const startSite = () => startServer({ mounts: libraries });

/** A page of the place itself, which has none of its own: what it loads is put in its way. */
async function openOwnPage(browser, origin) {
  const page = await (await browser.newContext()).newPage();
  await page.route(`${origin}/client-of-the-mirror/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const address = Object.keys(libraries).find((prefix) => pathname.startsWith(prefix));
    return address
      ? route.fulfill({ path: fileURLToPath(new URL(`../../../../../${libraries[address]}${pathname.slice(address.length)}`, import.meta.url)) })
      : route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>client</title>' });
  });
  await page.goto(`${origin}/client-of-the-mirror/`);
  return page;
}

async function openPageOf(browser, site) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${site}/app/blank.html`);
  return page;
}

/** The answers of all goldens, in the page. */
function answer({ remoteHost, model, dtype, conversations }) {
  return import('/client-of-the-mirror/transformers/transformers.min.js').then(async ({ env, pipeline }) => {
    env.remoteHost = remoteHost;
    env.allowLocalModels = false;
    env.useBrowserCache = false;
    env.backends.onnx.wasm.wasmPaths = new URL('/client-of-the-mirror/ort/', location.href).href;
    env.backends.onnx.wasm.numThreads = 1;
    const generator = await pipeline('text-generation', model, { dtype, device: 'wasm' });
    const answers = [];
    for (const messages of conversations) {
      const output = await generator(messages, { max_new_tokens: 48, do_sample: false });
      answers.push(output[0].generated_text.at(-1).content);
    }
    return answers;
  });
}

/**
 * @param place as in python-checks.mjs
 * @param own whether Chromium is on a page of the place's own, or of another site
 * @param world gives Chromium, and the site
 */
export function checkTransformers(place, own, world) {
  const whose = own ? 'on a page of its own' : 'on a page of another site';
  test(`Transformers.js in Chromium, ${whose}, answers the goldens`, async () => {
    const { browser, site } = world();
    const page = await (own ? openOwnPage(browser, place.origin()) : openPageOf(browser, site.url));
    const answers = await page.evaluate(answer, {
      remoteHost: place.origin(), model: MODEL, dtype: 'q4', conversations: cases.map(({ messages }) => messages),
    });
    assert.deepEqual(answers, cases.map(({ text }) => text));
    await page.context().close();
  });
}
