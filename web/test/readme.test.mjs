// The README's two programs, compiled to JavaScript and run in a browser, ids as written, against a Hub that serves the small models.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startBrowser } from '../testkit/browser.mjs';
import { runReadme } from '../testkit/self-test.mjs';
import { startServer } from '../testkit/server.mjs';

const served = new Map([
  ['onnx-community/Qwen2.5-0.5B-Instruct', 'bundled/tiny-chat'],
  ['onnx-community/Florence-2-base-ft', 'bundled/Florence-2-tiny-shapes'],
]);

describe('README', () => {
  let browser;
  let server;
  before(async () => {
    browser = await startBrowser();
    server = await startServer({
      intercept: (request) => {
        for (const [id, small] of served) {
          request.url = request.url.replace(id, small);
        }
        return false;
      },
    });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  for (const [program, argument, answer] of [
    ['text-generation', '', 'The capital of Japan is Tokyo.'],
    [
      'florence-2',
      '/files/shared/src/test/resources/goldens/florence/images/scene00.png',
      'The image shows a small red diamond at the top right, a large yellow square on the left and a large yellow diamond at the bottom'
        + ' right, on a gray background. There are three shapes.',
    ],
  ]) {
    test(`${program} prints what it prints on the JVM`, { timeout: 120_000 }, async () => {
      const printed = await runReadme(browser, server, 'js', program, server.url + argument);
      assert.deepEqual(printed, [answer]);
    });
  }
});
