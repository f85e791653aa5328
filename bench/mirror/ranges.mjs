// Many readers of ranges of one file at once.
import { Agent, get } from 'node:http';

const RANGE = 64 << 10;
const PATIENCE = 20_000;

function read(url, agent, first) {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, timeout: PATIENCE, headers: { Range: `bytes=${first}-${first + RANGE - 1}` } }, (response) => {
      const pieces = [];
      response.on('data', (piece) => pieces.push(piece)).on('error', reject)
        .on('end', () => (response.statusCode === 206 ? resolve(Buffer.concat(pieces)) : reject(new Error(`status ${response.statusCode}`))));
    });
    request.on('error', reject).on('timeout', () => request.destroy(new Error('no answer in time')));
  });
}

/**
 * @param content what the file must hold
 * @param options readers at once, and how many ranges each reads, one after another on its own connection
 * @returns milliseconds of a request, requests a second, and how many failed or gave other bytes
 */
export async function readRanges(url, content, { readers, each }) {
  const agent = new Agent({ keepAlive: true, maxSockets: readers });
  const millis = [];
  let errors = 0;
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * (content.length - RANGE));
  };
  const reader = async () => {
    for (let i = 0; i < each; i++) {
      const first = next();
      const begun = performance.now();
      try {
        const bytes = await read(url, agent, first);
        errors += bytes.equals(content.subarray(first, first + RANGE)) ? 0 : 1;
      } catch {
        errors++;
      }
      millis.push(performance.now() - begun);
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: readers }, reader));
  const seconds = (performance.now() - begun) / 1000;
  agent.destroy();
  millis.sort((a, b) => a - b);
  const at = (share) => millis[Math.min(millis.length - 1, Math.floor(millis.length * share))];
  return { p50: at(0.5), p99: at(0.99), most: millis.at(-1), perSecond: millis.length / seconds, errors };
}
