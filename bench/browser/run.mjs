// Samovar against Transformers.js in one Chromium, turn about: tiny-chat fp32 on wasm and webgpu, and the tokenizers.
//   npm ci --ignore-scripts && node run.mjs [--rounds 8] [--tokens 200] [--only wasm|webgpu|captions|captions-webgpu|tokenizer|json|preprocess]
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startBrowser } from '../../web/testkit/browser.mjs';
import { runSelfTest } from '../../web/testkit/self-test.mjs';
import { readJson, startServer } from '../../web/testkit/server.mjs';
import { startWorker } from '../../web/testkit/worker-client.mjs';
import { compareCaptions } from './captions.mjs';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '8' }, tokens: { type: 'string', default: '200' }, only: { type: 'string' } },
});
// An even number, so that each side goes first as often.
const rounds = Number(options.rounds);
const model = 'bundled/tiny-chat';
const { cases } = readJson('shared/src/test/resources/goldens/tiny_chat_greedy.json');
const corpus = ['LICENSE', 'README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/dtypes.md', 'docs/troubleshooting.md']
  .map((path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).join('\n').repeat(4);

const server = await startServer({
  mounts: { '/bench/': 'bench/browser' },
  intercept: (request, response) => {
    const isCorpus = request.url === '/files/models/bundled/corpus.txt';
    if (isCorpus) {
      response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', 'Cross-Origin-Resource-Policy': 'same-origin' }).end(corpus);
    }
    return isCorpus;
  },
});

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

const column = (value) => String(value).padStart(12);

function print(title, unit, ours, theirs, higherIsBetter) {
  const [a, b] = [median(ours), median(theirs)];
  // Of each round by itself: what else the machine does then falls on both.
  const ratio = median(ours.map((value, round) => (higherIsBetter ? value / theirs[round] : theirs[round] / value)));
  const best = higherIsBetter ? Math.max : Math.min;
  const [c, d] = [best(...ours), best(...theirs)];
  const bestRatio = higherIsBetter ? c / d : d / c;
  console.log([
    title.padEnd(34), ...[a, b].map((value) => column(value.toFixed(1))), ` ${unit.padEnd(6)}`, `${ratio.toFixed(2)} x`.padStart(8),
    ...[c, d].map((value) => column(value.toFixed(1))), `${bestRatio.toFixed(2)} x`.padStart(9),
  ].join(''));
}

async function openPage(browser) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${server.url}/app/blank.html`);
  return page;
}

/** Samovar's worker. On both sides the page takes the time to the first token, the worker the rate after it. */
async function samovar(browser, device) {
  const page = await openPage(browser);
  const worker = await startWorker(page);
  const { plan } = await worker.last({ type: 'plan', model, dtype: 'fp32', device });
  const loaded = await worker.last({ type: 'load', plan });
  if (loaded.type !== 'loaded') {
    throw new Error(loaded.problem);
  }
  return async (messages, tokens) => {
    const limits = tokens ? { min_tokens: tokens, max_completion_tokens: tokens } : { max_completion_tokens: 48 };
    const { events, asked } = await page.evaluate(async (request) => {
      const start = performance.now();
      return { events: await globalThis.ask(request), asked: start };
    }, { type: 'chat', request: { model, messages, ...limits } });
    const end = events.at(-1);
    if (end.type !== 'finished') {
      throw new Error(end.problem);
    }
    return {
      text: end.text, tokens: end.completion_tokens, firstMillis: events[0].at - asked, tokensPerSecond: end.decode_tokens_per_second,
    };
  };
}

async function transformers(browser, device) {
  const page = await openPage(browser);
  const ask = (message) => page.evaluate((data) => new Promise((resolve, reject) => {
    globalThis.peer ??= new Worker('/bench/transformers-worker.js', { type: 'module' });
    globalThis.peer.onerror = (event) => reject(new Error(event.message));
    const start = performance.now();
    let firstMillis;
    globalThis.peer.onmessage = (event) => {
      if (event.data.error) {
        reject(new Error(event.data.error));
      } else if (event.data.first) {
        firstMillis = performance.now() - start;
      } else {
        resolve({ ...event.data, firstMillis });
      }
    };
    globalThis.peer.postMessage(data);
  }), message);
  await ask({ type: 'load', model, dtype: 'fp32', device, threads: 1 });
  return (messages, tokens) => ask({ type: 'chat', messages, tokens });
}

async function compare(device) {
  const browser = await startBrowser({ webgpu: device === 'webgpu' });
  try {
    const tokens = device === 'webgpu' ? Math.min(40, Number(options.tokens)) : Number(options.tokens);
    const sides = [await samovar(browser, device), await transformers(browser, device)];
    const results = sides.map(() => ({ first: [], second: [], decode: [] }));
    for (let round = 0; round < rounds + 2; round++) {
      const golden = cases[round % cases.length];
      const followUp = [...golden.messages, { role: 'assistant', content: golden.text }, ...cases[0].messages];
      for (const index of round % 2 ? [1, 0] : [0, 1]) {
        const short = await sides[index](golden.messages);
        if (short.text !== golden.text) {
          throw new Error(`side ${index} answered ${JSON.stringify(short.text)} instead of ${JSON.stringify(golden.text)}`);
        }
        const second = await sides[index](followUp);
        const long = await sides[index](cases[0].messages, tokens);
        if (round >= 2) {
          results[index].first.push(short.firstMillis);
          results[index].second.push(second.firstMillis);
          results[index].decode.push(long.tokensPerSecond);
        }
      }
    }
    const [ours, theirs] = results;
    print(`${device}: first token, turn one`, 'ms', ours.first, theirs.first, false);
    print(`${device}: first token, turn two`, 'ms', ours.second, theirs.second, false);
    print(`${device}: decoding ${tokens} tokens`, 'tok/s', ours.decode, theirs.decode, true);
  } finally {
    await browser.close();
  }
}

async function compareTokenizers() {
  const browser = await startBrowser();
  try {
    for (const name of ['SmolLM2-135M-Instruct', 'tiny-chat']) {
      const [line] = await runSelfTest(browser, server, 'js', 'tokenizer', `models/bundled/${name}`, 5);
      const [ours, ourTokens] = line.split(' ').map(Number);
      const page = await openPage(browser);
      const theirs = await page.evaluate((message) => new Promise((resolve, reject) => {
        const worker = new Worker('/bench/tokenizers-worker.js', { type: 'module' });
        worker.onerror = (event) => reject(new Error(event.message));
        worker.onmessage = (event) => resolve(event.data);
        worker.postMessage(message);
      }), { model: `/files/models/bundled/${name}`, text: '/files/models/bundled/corpus.txt', seconds: 5 });
      if (ourTokens !== theirs.tokens) {
        throw new Error(`${name}: ${ourTokens} tokens here, ${theirs.tokens} there`);
      }
      print(`tokenizer ${name}`, 'MB/s', [ours], [theirs.megabytesPerSecond], true);
    }
  } finally {
    await browser.close();
  }
}

/** The 11 MB of Qwen3's tokenizer.json as text, read by samovar.json and by the browser's own JSON.parse. */
async function compareJson() {
  const browser = await startBrowser();
  try {
    const file = 'shared/src/test/resources/goldens/tokenizer/qwen3.tokenizer.json.gz';
    const [line] = await runSelfTest(browser, server, 'js', 'json', file);
    const [first, best] = line.split(' ').map(Number);
    const page = await openPage(browser);
    const theirs = await page.evaluate(async (url) => {
      const text = await (await fetch(url)).text();
      return Array.from({ length: 10 }, () => {
        const start = performance.now();
        JSON.parse(text);
        return performance.now() - start;
      });
    }, `/files/${file}`);
    print('tokenizer.json of Qwen3, first', 'ms', [first], [theirs[0]], false);
    print('tokenizer.json of Qwen3, best', 'ms', [best], [Math.min(...theirs)], false);
  } finally {
    await browser.close();
  }
}

function printTimes(title, times) {
  const [first, best, middle] = times.map((value) => `${value.toFixed(0)} ms`);
  console.log(`${title}: first ${first}, best ${best}, median ${middle}`);
}

/** A picture of 12 megapixels made into the input of a model: no peer, but a goal, less than a second. */
async function timePreprocessing() {
  const browser = await startBrowser();
  try {
    const page = await openPage(browser);
    const decoding = await page.evaluate(async () => {
      const { decodeImage } = await import('/app/images.js');
      const canvas = new OffscreenCanvas(4000, 3000);
      const context = canvas.getContext('2d');
      const pixels = context.createImageData(canvas.width, canvas.height);
      for (let i = 0; i < pixels.data.length; i++) {
        const [x, y] = [(i >> 2) % canvas.width, Math.floor((i >> 2) / canvas.width)];
        pixels.data[i] = i % 4 === 3 ? 255 : (x + y * (i % 4)) / 40 + 12 * Math.random();
      }
      context.putImageData(pixels, 0, 0);
      const file = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 })).arrayBuffer());
      const times = [];
      for (let round = 0; round < 9; round++) {
        const start = performance.now();
        await decodeImage(file, 'image/jpeg');
        times.push(performance.now() - start);
      }
      return times;
    });
    printTimes('decoding a JPEG of 4000 × 3000', [decoding[0], Math.min(...decoding), median(decoding)]);
    const [line] = await runSelfTest(browser, server, 'js', 'preprocess', 15);
    printTimes('preprocessing to 768 × 768', line.split(' ').map(Number));
  } finally {
    await browser.close();
  }
}

const columns = `${''.padEnd(34)}${column('Samovar')}${column('peer')}${'median'.padStart(15)}${column('Samovar')}${column('peer')}${'best'.padStart(9)}`;
if (options.only !== 'preprocess') {
  console.log(columns);
}
try {
  for (const device of ['wasm', 'webgpu']) {
    if (!options.only || options.only === device) {
      await compare(device);
    }
  }
  for (const [name, device] of [['captions', 'wasm'], ['captions-webgpu', 'webgpu']]) {
    // Minutes on a software adapter: only for those who ask.
    if (options.only ? options.only === name : device === 'wasm') {
      await compareCaptions({ startBrowser, openPage, rounds, print, device });
    }
  }
  if (!options.only || options.only === 'tokenizer') {
    await compareTokenizers();
  }
  if (!options.only || options.only === 'json') {
    await compareJson();
  }
  if (!options.only || options.only === 'preprocess') {
    await timePreprocessing();
  }
} finally {
  await server.close();
}
