// The server under test: SAMOVAR_URL, or else the built jar, started and stopped by stop().
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export const MODEL = 'bundled/tiny-chat';
export const PICTURES = 'bundled/Florence-2-tiny-shapes';

const IMAGES = new URL('../../../../shared/src/test/resources/goldens/florence/images/', import.meta.url);

export const picturePath = (name) => fileURLToPath(new URL(name, IMAGES));
export const picture = (name) => readFile(picturePath(name));

/** Starts the built jar on a free port with tiny-chat and these further options. */
export async function start(options, env = process.env) {
  const jar = fileURLToPath(new URL('../../../target/samovar.jar', import.meta.url));
  const child = spawn('java', ['-jar', jar, '--port', '0', '--model', MODEL, ...options], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (piece) => {
      text += piece;
      const found = text.match(/^http:\S+$/m);
      if (found) {
        resolve(found[0]);
      }
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${text}`)));
  });
  return {
    url,
    pid: child.pid,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export async function serve() {
  if (process.env.SAMOVAR_URL) {
    return { url: process.env.SAMOVAR_URL.replace(/\/$/, ''), stop: async () => {} };
  }
  return start(['--offline']);
}

/** A counter of /metrics, summed over its labels. */
export async function metric(url, name) {
  const text = await (await fetch(`${url}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
