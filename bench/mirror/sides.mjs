// The servers that are compared, and what Samovar holds in memory.
import { spawn, spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function stoppable(child) {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}

/** Waits until something answers there. */
async function answers(url, child, name) {
  for (let tries = 0; tries < 120 && child.exitCode === null; tries++) {
    try {
      await fetch(url, { method: 'HEAD' });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
  throw new Error(`${name} did not start`);
}

/** nginx with one worker a processor and sendfile, serving a folder. */
export async function startNginx(folder) {
  if (spawnSync('nginx', ['-v']).error) {
    throw new Error('nginx is missing; install it first: apt-get install -y --no-install-recommends nginx-light');
  }
  const port = await freePort();
  const home = join(folder, 'nginx');
  await mkdir(home);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${home}/${kind};`).join(' ');
  await writeFile(join(home, 'nginx.conf'), `
    daemon off; pid ${home}/pid; error_log ${home}/error.log; worker_processes auto; ${process.getuid() === 0 ? 'user root;' : ''}
    events { worker_connections 1024; }
    http { access_log off; sendfile on; tcp_nopush on; default_type application/octet-stream; ${temporary}
      server { listen 127.0.0.1:${port}; root ${folder}; } }`);
  const child = spawn('nginx', ['-p', home, '-c', join(home, 'nginx.conf'), '-e', join(home, 'error.log')], { stdio: 'inherit' });
  const url = `http://127.0.0.1:${port}`;
  await answers(url, child, 'nginx');
  return { url, pid: child.pid, stop: stoppable(child) };
}

/** olah, a mirror in Python, before the same Hub. @param program olah-cli of some environment */
export async function startOlah(program, folder, hub) {
  const port = await freePort();
  const home = join(folder, 'olah');
  await mkdir(home);
  const options = {
    host: '127.0.0.1', port, 'hf-scheme': 'http', 'hf-netloc': new URL(hub.url).host, 'hf-lfs-netloc': new URL(hub.storeUrl).host,
    'mirror-scheme': 'http', 'mirror-netloc': `127.0.0.1:${port}`, 'mirror-lfs-netloc': `127.0.0.1:${port}`,
    'repos-path': join(home, 'repos'), 'log-path': join(home, 'log'),
  };
  const child = spawn(program, Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]), { stdio: 'ignore', cwd: home });
  const url = `http://127.0.0.1:${port}`;
  await answers(url, child, 'olah');
  return { url, pid: child.pid, stop: stoppable(child) };
}

/** In MB: resident now and at most (of the process), and used of Java's heap. */
export async function memory({ pid, url }) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const field = (name) => Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)[1]) / 1024);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const heap = [...metrics.matchAll(/^jvm_memory_used_bytes\{area="heap"[^}]*\} (\S+)$/gm)].reduce((sum, match) => sum + Number(match[1]), 0);
  return { resident: field('VmRSS'), peak: field('VmHWM'), heap: Math.round(heap / 1e6) };
}

/** Processor time that a process and its children that still run have taken, in milliseconds; nobody else's work adds to it. */
export async function processorMillis(pid) {
  let ticks = 0;
  for (const entry of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    // Fields after the name, which may hold anything: 0 state, 1 parent, 11 user, 12 system.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    ticks += Number(entry) === pid || Number(fields[1]) === pid ? Number(fields[11]) + Number(fields[12]) : 0;
  }
  return ticks * 10;
}
