// A first visit, turn about in one Chromium: from the navigation until tiny-chat fp32 is ready on wasm, in a fresh profile each
// time; and the gzipped bytes of all pages, styles and scripts fetched for it (not .wasm, not the model).
//   SAMOVAR_URL=http://localhost:8080 node first-visit.mjs [rounds]
import { gzipSync } from 'node:zlib';
import { startBrowser } from '../../web/testkit/browser.mjs';
import { ready, serverUrl } from '../../web/testkit/page.mjs';
import { startServer } from '../../web/testkit/server.mjs';

const rounds = Number(process.argv[2] ?? 7);
const peerServer = await startServer({ mounts: { '/bench/': 'bench/browser' } });
const browser = await startBrowser();

const isScript = (url) => /(\.html|\.css|\.js|\.mjs|\/)$/.test(new URL(url).pathname);

/** One visit in a fresh profile: how long it took, and every address asked for, by the page and by its worker. */
async function visit(open) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const urls = [];
  context.on('request', (request) => urls.push(request.url()));
  const start = performance.now();
  await open(page);
  const millis = performance.now() - start;
  await context.close();
  return { millis, urls };
}

async function samovar(page) {
  await page.goto(`${serverUrl}/?model=bundled/tiny-chat&place=cpu&dtype=fp32`);
  await ready(page);
}

async function transformers(page) {
  await page.goto(`${peerServer.url}/app/blank.html`);
  await page.evaluate(() => new Promise((resolve, reject) => {
    const worker = new Worker('/bench/transformers-worker.js', { type: 'module' });
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve());
    worker.postMessage({ type: 'load', model: 'bundled/tiny-chat', dtype: 'fp32', device: 'wasm', threads: 1 });
  }));
}

async function gzippedBytes(urls) {
  let bytes = 0;
  for (const url of new Set(urls.filter(isScript))) {
    const response = await fetch(url);
    if (response.ok) {
      bytes += gzipSync(Buffer.from(await response.arrayBuffer()), { level: 9 }).length;
    }
  }
  return bytes;
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const times = [[], []];
const seen = [new Set(), new Set()];
try {
  for (let round = 0; round <= rounds; round++) {
    for (const index of round % 2 ? [1, 0] : [0, 1]) {
      const { millis, urls } = await visit([samovar, transformers][index]);
      urls.forEach((url) => seen[index].add(url));
      if (round > 0) {
        times[index].push(millis);
      }
    }
  }
  const [ours, theirs] = times.map(median);
  const [ourBytes, theirBytes] = [await gzippedBytes([...seen[0]]), await gzippedBytes([...seen[1]])];
  console.log(`first visit until ready: Samovar ${ours.toFixed(0)} ms, Transformers.js ${theirs.toFixed(0)} ms, ${(theirs / ours).toFixed(2)} x`);
  console.log(`page and scripts, gzipped: Samovar ${ourBytes} B, Transformers.js ${theirBytes} B, ${(theirBytes / ourBytes).toFixed(2)} x`);
} finally {
  await browser.close();
  await peerServer.close();
}
