// The golden tests in Chromium, compiled to WebAssembly (GC): every line equals the JVM's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from '../testkit/browser.mjs';
import { runSelfTest } from '../testkit/self-test.mjs';
import { readText, startServer } from '../testkit/server.mjs';

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

// Written by SelfTestOnTheJvmTest: mvn -pl shared,client -Pselftest test
const jvmLines = readText('client/target/selftest-jvm.txt').trimEnd().split('\n');

test('the self-test prints what the JVM prints', { timeout: 300_000 }, async () => {
  const lines = await runSelfTest(browser, server, 'wasm');
  assert.deepEqual(lines.filter((line) => line.startsWith('FAIL')), []);
  const differing = jvmLines.map((line, i) => ({ jvm: line, compiled: lines[i] })).filter((pair) => pair.jvm !== pair.compiled);
  assert.deepEqual(differing.slice(0, 20), []);
  assert.equal(lines.length, jvmLines.length);
  assert.match(lines.at(-1), /^done: \d{4,} cases, 0 failed$/);
});
