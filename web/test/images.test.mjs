// The browser's own decoder through the compiled client: every kind of file as Pillow reads it, and files that are none.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from '../testkit/browser.mjs';
import { runSelfTest } from '../testkit/self-test.mjs';
import { readJson, startServer } from '../testkit/server.mjs';

const { cases } = readJson('shared/src/test/resources/goldens/decode/decode.json');
const { cases: resized } = readJson('shared/src/test/resources/goldens/image/resize.json');
let server;
let browser;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

for (const target of ['js', 'wasm']) {
  test(`decodes and resizes images as Pillow does, compiled to ${target}`, { timeout: 120_000 }, async () => {
    const lines = await runSelfTest(browser, server, target, 'images');
    const count = 2 * cases.length + resized.length + 10;
    assert.deepEqual(lines.filter((line) => !line.startsWith('ok ')), [`done: ${count} cases, 0 failed`]);
    assert.equal(lines.length, count + 1);
  });
}

/** In a worker, as the client does it: what images.js gives for a file, after a script of the test. */
async function decode(page, script, path) {
  return page.evaluate(([first, url]) => new Promise((resolve) => {
    const source = `${first}
      const { decodeImage } = await import('${location.origin}/app/images.js');
      const bytes = new Uint8Array(await (await fetch('${location.origin}${url}')).arrayBuffer());
      decodeImage(bytes, '').then(({ width, height, rgb }) => postMessage({ width, height, rgb: Array.from(rgb) }),
        (error) => postMessage({ error: error.name }));`;
    const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })), { type: 'module' });
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
  }), [script, `/files/shared/src/test/resources/goldens/decode/${path}`]);
}

// Textures of 16 pixels at most: everything transparent comes in many tiles.
const smallTextures = `
  const ask = WebGL2RenderingContext.prototype.getParameter;
  WebGL2RenderingContext.prototype.getParameter = function (name) {
    return name === this.MAX_TEXTURE_SIZE ? 16 : ask.call(this, name);
  };`;
const noWebGl = `
  const get = OffscreenCanvas.prototype.getContext;
  OffscreenCanvas.prototype.getContext = function (kind, ...rest) {
    return kind === 'webgl2' ? null : get.call(this, kind, ...rest);
  };`;

test('reads images beyond the largest texture in tiles', { timeout: 60_000 }, async () => {
  const page = await browser.newPage();
  await page.goto(`${server.url}/app/blank.html`);
  const golden = cases.find(({ file }) => file === 'rgba.png');
  const { width, height, rgb } = await decode(page, smallTextures, golden.file);
  assert.deepEqual([width, height], [golden.width, golden.height]);
  assert.deepEqual(Buffer.from(rgb), Buffer.from(golden.rgb, 'base64'));
  await page.close();
});

test('without WebGL2 reads opaque images and refuses transparent ones', { timeout: 60_000 }, async () => {
  const page = await browser.newPage();
  await page.goto(`${server.url}/app/blank.html`);
  const golden = cases.find(({ file }) => file === 'rgb.png');
  const { rgb } = await decode(page, noWebGl, golden.file);
  assert.deepEqual(Buffer.from(rgb), Buffer.from(golden.rgb, 'base64'));
  assert.deepEqual(await decode(page, noWebGl, 'rgba.png'), { error: 'NotSupportedError' });
  await page.close();
});
