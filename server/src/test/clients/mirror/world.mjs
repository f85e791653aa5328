// What the mirror's clients meet: repositories on a fake Hub, and Samovar between the Hub and them.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startFakeHub } from '../../../../../web/testkit/fake-hub.mjs';
import { commit } from '../../../../../web/testkit/hub-repository.mjs';
import { start } from '../server.mjs';

export const MODEL = 'teahouse/tiny-chat';
export const LARGE = 'teahouse/large';
export const GATED = 'teahouse/gated';
export const SLOW = 'teahouse/slow';
/** More than Samovar fetches by one connection. */
export const LARGE_BYTES = 72 << 20;
export const SLOW_BYTES = 48 << 20;
export const NOTE = 'notes/чай и мёд.txt';
export const TOKEN = 'hf_open_the_gate';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Bytes that repeat nowhere within a span and are the same in every run. */
function noise(size) {
  const bytes = Buffer.alloc(size);
  let state = 0x9e3779b9;
  for (let i = 0; i < size; i += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes.writeUInt32LE(state, i);
  }
  return bytes;
}

export function repositories() {
  const folder = here('../../../../../models/bundled/tiny-chat');
  const main = commit(folder, { 'README.md': '# tiny-chat\n', [NOTE]: 'чай\n' });
  const pull = commit(folder, { 'README.md': '# tiny-chat, mended\n', [NOTE]: 'чай\n' });
  const config = { 'config.json': '{"model_type": "qwen2"}' };
  const gated = commit(null, { ...config, 'onnx/model.onnx': 'behind the gate' });
  const other = commit(null, config);
  const weights = noise(LARGE_BYTES);
  const bulk = commit(null, { ...config, 'weights.bin': weights });
  const slow = commit(null, { ...config, 'weights.bin': weights.subarray(0, SLOW_BYTES) });
  return [
    { id: MODEL, commits: { main, pull }, refs: { main: main.sha, 'refs/pr/1': pull.sha } },
    { id: LARGE, commits: { main: bulk }, refs: { main: bulk.sha } },
    { id: SLOW, commits: { main: slow }, refs: { main: slow.sha } },
    { id: GATED, commits: { main: gated }, refs: { main: gated.sha }, gated: true, token: TOKEN },
    { id: 'teahouse/tiny-tea', commits: { main: other }, refs: { main: other.sha } },
    { id: 'pottery/tiny-cup', commits: { main: other }, refs: { main: other.sha } },
  ];
}

/** A Hub whose lists come in pages of four. */
export const startHub = (all) => startFakeHub(all, { pageSize: 4 });

/** Samovar before this Hub, on a cache of its own; `restart` ends it and starts it again on the same cache. */
export async function startMirror(hub, { apiKey, token } = {}) {
  const cache = await mkdtemp(join(tmpdir(), 'samovar-mirror-'));
  const options = ['--hub', hub.url, '--cache', cache, ...(apiKey ? ['--api-key', apiKey] : [])];
  // The token of whoever runs the tests has no business here.
  const env = { ...process.env, HF_TOKEN: token ? TOKEN : '' };
  const mirror = { running: await start(options, env) };
  return {
    get url() { return mirror.running.url; },
    restart: async () => {
      await mirror.running.stop();
      mirror.running = await start(options, env);
    },
    stop: async () => {
      await mirror.running.stop();
      await rm(cache, { recursive: true });
    },
  };
}

/** A line to a server that can be cut: `cutOnce(n)` ends the next connection that has answered more than n bytes. */
export async function startLine(urlOf) {
  let limit = Infinity;
  let cuts = 0;
  const sockets = new Set();
  const line = createServer((client) => {
    const { hostname, port } = new URL(urlOf());
    // Node 18 takes the first address of a name, which for localhost may be one that nobody listens on.
    const server = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname);
    const end = () => [client, server].forEach((socket) => socket.destroy());
    let passed = 0;
    server.on('data', (piece) => {
      passed += piece.length;
      if (passed > limit) {
        limit = Infinity;
        cuts++;
        end();
      } else if (!client.write(piece)) {
        server.pause();
        client.once('drain', () => server.resume());
      }
    });
    client.on('data', (piece) => server.write(piece));
    [client, server].forEach((socket) => {
      sockets.add(socket);
      socket.on('error', end).on('close', () => {
        sockets.delete(socket);
        end();
      });
    });
  });
  await new Promise((resolve) => line.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${line.address().port}`,
    cutOnce: (bytes) => { limit = bytes; cuts = 0; },
    get cuts() { return cuts; },
    close: () => new Promise((resolve) => {
      line.close(resolve);
      sockets.forEach((socket) => socket.destroy());
    }),
  };
}

/**
 * Runs a job of hub_client.py.
 * @param home the client's own folder
 * @param options xet: whether it may fetch chunks; offline; token
 * @returns what came of each step, by its name
 */
export async function python(job, endpoint, home, { xet = true, offline = false, token } = {}) {
  const program = process.env.SAMOVAR_CLIENTS_PYTHON ?? here('../target/python/bin/python');
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(HF|HUGGING)/.test(name)));
  const env = {
    ...clean, HF_ENDPOINT: endpoint, HF_HOME: home, HF_HUB_DISABLE_PROGRESS_BARS: '1', HF_HUB_DISABLE_TELEMETRY: '1', NO_PROXY: '*',
    PYTHONIOENCODING: 'utf-8', ...(xet ? {} : { HF_HUB_DISABLE_XET: '1' }), ...(offline ? { HF_HUB_OFFLINE: '1' } : {}),
    ...(token ? { HF_TOKEN: token } : {}),
  };
  const child = spawn(program, [here('hub_client.py'), job], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (piece) => { out += piece; });
  child.stderr.setEncoding('utf8').on('data', (piece) => { err += piece; });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) {
    throw new Error(`hub_client.py ${job} ended with ${code}:\n${err}`);
  }
  return { ...JSON.parse(out), warnings: err };
}
