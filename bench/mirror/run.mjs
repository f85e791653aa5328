// The mirror against nginx, plain curl and olah, on loopback alone: node bench/mirror/run.mjs [--rounds 9] [--readers 200] [--only cached|ranges|cold] [--olah PATH]
// Needs a built jar, curl and nginx; installs nothing. Each round asks every side once, so what else the machine does then falls on all.
import { execFile } from 'node:child_process';
import { createCipheriv } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { start } from '../../server/src/test/clients/server.mjs';
import { startFakeHub } from '../../web/testkit/fake-hub.mjs';
import { commit } from '../../web/testkit/hub-repository.mjs';
import { readRanges } from './ranges.mjs';
import { memory, processorMillis, startNginx, startOlah } from './sides.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' }, readers: { type: 'string', default: '200' }, only: { type: 'string' }, olah: { type: 'string' },
  },
});
const rounds = Number(options.rounds);
const BYTES = 100 << 20;
const FILE = 'weights.bin';
/** What a line of one gigabit brings, in bytes a second. */
const LINE = 118e6;
const run = promisify(execFile);

/** The same bytes in each run, and others for each number. */
function noise(number) {
  const key = Buffer.alloc(16, number + 1);
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(BYTES));
}

function repository(id, number) {
  const main = commit(null, { 'config.json': '{"model_type": "qwen2"}', [FILE]: noise(number) });
  return { id, commits: { main }, refs: { main: main.sha } };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** Downloads once by curl, into nothing. @returns MB a second */
async function download(url) {
  const { stdout } = await run('curl', ['-sSLf', '--noproxy', '*', '-o', '/dev/null', '-w', '%{time_total} %{size_download}', url]);
  const [seconds, bytes] = stdout.split(' ').map(Number);
  if (bytes !== BYTES) {
    throw new Error(`${url} gave ${bytes} bytes of ${BYTES}`);
  }
  return bytes / 1e6 / seconds;
}

/** Each round asks every side once, in turning order. @returns by side the rates, and the processor time of a download */
async function compare(sides, addressOf) {
  const results = Object.fromEntries(Object.keys(sides).map((name) => [name, { rates: [], millis: 0 }]));
  for (let round = 0; round < rounds; round++) {
    const names = Object.keys(sides);
    for (const name of round % 2 ? names.reverse() : names) {
      const before = await processorMillis(sides[name].pid);
      results[name].rates.push(await download(addressOf(name, round)));
      results[name].millis += (await processorMillis(sides[name].pid) - before) / rounds;
    }
  }
  return results;
}

const column = (value) => String(value).padStart(12);

function print(title, results, baseline) {
  const heads = ['median MB/s', 'best', `of ${baseline}`, 'best of best', 'cpu ms'];
  console.log(`\n${title}, ${rounds} rounds\n${''.padEnd(20)}${heads.map(column).join('')}`);
  const base = results[baseline].rates;
  for (const [side, { rates, millis }] of Object.entries(results)) {
    // Of each round by itself.
    const ratio = median(rates.map((value, round) => value / base[round]));
    const best = Math.max(...rates);
    const values = [median(rates).toFixed(0), best.toFixed(0), ratio.toFixed(2), (best / Math.max(...base)).toFixed(2), millis.toFixed(0)];
    console.log(side.padEnd(20) + values.map(column).join(''));
  }
}

async function printMemory(samovar, when) {
  const { resident, peak, heap } = await memory(samovar);
  console.log(`${`Samovar's memory ${when}`.padEnd(44)} ${resident} MB resident, ${peak} MB at most, ${heap} MB of heap used`);
}

const wants = (part) => !options.only || options.only === part;
const folder = await mkdtemp(join(tmpdir(), 'samovar-bench-mirror-'));
const stops = [];
try {
  const cached = repository('bench/cached', 0);
  const cold = wants('cold') ? Array.from({ length: 2 * rounds + 1 }, (_, number) => repository(`bench/cold-${number}`, number + 1)) : [];
  const content = cached.commits.main.find(FILE).read();
  await writeFile(join(folder, FILE), content);
  const hub = await startFakeHub([cached, ...cold]);
  stops.push(() => hub.close());
  const nginx = await startNginx(folder);
  stops.push(() => nginx.stop());
  const samovar = await start(['--hub', hub.url, '--cache', join(folder, 'cache')], { ...process.env, HF_TOKEN: '' });
  stops.push(() => samovar.stop());
  const olah = options.olah ? await startOlah(options.olah, folder, hub) : null;
  if (olah) {
    stops.push(() => olah.stop());
  }
  const mirrors = { nginx, Samovar: samovar, ...(olah ? { olah } : {}) };
  const address = (side, { id, commits }) => {
    const path = `/${id}/resolve/${commits.main.sha}/${FILE}`;
    return side === 'nginx' ? `${nginx.url}/${FILE}` : (mirrors[side] ?? hub).url + path;
  };
  await printMemory(samovar, 'after its start');
  for (const side of Object.keys(mirrors)) {
    // The first fills the caches; the second finds Java's compiler at work.
    await download(address(side, cached));
    await download(address(side, cached));
  }
  if (wants('cached')) {
    await printMemory(samovar, 'before the cached file');
    print('A cached file of 100 MB', await compare(mirrors, (side) => address(side, cached)), 'nginx');
    await printMemory(samovar, `after ${rounds} times 100 MB`);
  }
  if (wants('ranges')) {
    const readers = Number(options.readers);
    console.log(`\nRanges of 64 KB of it by ${readers} readers at once, each compared, milliseconds\n${''.padEnd(20)}${['p50', 'p99', 'most', 'a second', 'errors'].map(column).join('')}`);
    for (let round = 0; round < 3; round++) {
      for (const side of round % 2 ? ['Samovar', 'nginx'] : ['nginx', 'Samovar']) {
        const { p50, p99, most, perSecond, errors } = await readRanges(address(side, cached), content, { readers, each: 20 });
        console.log(side.padEnd(20) + [p50.toFixed(0), p99.toFixed(0), most.toFixed(0), perSecond.toFixed(0), errors].map(column).join(''));
      }
    }
    await printMemory(samovar, 'after the readers');
  }
  if (wants('cold')) {
    // The upstream's processor time is this program's.
    const { nginx: none, ...rest } = mirrors;
    const sides = { upstream: { url: hub.url, pid: process.pid }, ...rest };
    for (const side of Object.keys(sides)) {
      await download(address(side, cold.at(-1)));
    }
    for (const [index, pace] of [Infinity, LINE].entries()) {
      hub.bytesPerSecond = pace;
      const before = hub.requests.length;
      const title = `A file of 100 MB that is not here yet, from ${pace === Infinity ? 'loopback as it is' : `a line of ${pace / 1e6} MB/s`}`;
      print(title, await compare(sides, (side, round) => address(side, cold[index * rounds + round])), 'upstream');
      const sent = hub.requests.slice(before).reduce((sum, request) => sum + request.sent, 0);
      console.log(`the upstream sent ${(sent / BYTES / rounds).toFixed(2)} times the file a round to ${Object.keys(sides).length} sides`);
    }
    await printMemory(samovar, 'after the downloads');
  }
} finally {
  for (const stop of stops.reverse()) {
    await stop();
  }
  await rm(folder, { recursive: true });
}
