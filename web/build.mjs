// Assembles the site: hashes names for caching, bundles the page's packages, compresses beside each file.
//   node build.mjs [--client DIR] [--out DIR]
// DIR of --client holds samovar.js and samovar-pictures.js (default ../client/target/web); the site goes to target/classes/site.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { build, transform } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    client: { type: 'string', default: join(here, '../client/target/web') },
    out: { type: 'string', default: join(here, 'target/classes/site') },
  },
});
const source = (name) => join(here, 'src', name);
const ortDist = join(here, 'node_modules/onnxruntime-web/dist');
// One build of ONNX Runtime per kind of browser: with WebAssembly.Suspending, and without it.
const ortFiles = [
  'ort.jspi.min.mjs',
  'ort-wasm-simd-threaded.jspi.mjs',
  'ort-wasm-simd-threaded.jspi.wasm',
  'ort.webgpu.min.mjs',
  'ort-wasm-simd-threaded.asyncify.mjs',
  'ort-wasm-simd-threaded.asyncify.wasm',
];
const target = 'es2022';
const compress = promisify(gzip);
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 10);

/** Where each file of the page has gone: the name that others import it by, and its path under assets/. */
const placed = new Map();
const kept = new Set();

async function emit(path, bytes) {
  const file = join(options.out, path);
  kept.add(file).add(`${file}.gz`);
  const old = existsSync(file) && existsSync(`${file}.gz`) ? await readFile(file) : null;
  if (old && old.equals(bytes)) {
    return;
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
  await writeFile(`${file}.gz`, await compress(bytes, { level: constants.Z_BEST_COMPRESSION }));
}

/** Writes a file under its hashed name. Imports of files placed before it are pointed at theirs. */
async function place(name, text) {
  const bytes = Buffer.from(typeof text === 'string' ? redirect(text) : text);
  const path = `${basename(name, extname(name))}.${hash(bytes)}${extname(name)}`;
  placed.set(name, path);
  await emit(`assets/${path}`, bytes);
}

function redirect(text) {
  return text.replace(/(["'])\.\/([\w./-]+)\1/g, (whole, quote, name) =>
    placed.has(name) ? `${quote}./${placed.get(name)}${quote}` : whole);
}

async function placeOrt() {
  const { version } = JSON.parse(await readFile(join(ortDist, '../package.json'), 'utf8'));
  for (const name of ortFiles) {
    // ONNX Runtime finds its own files beside it by name, so the version stands in the folder.
    const path = `ort-${version}/${name}`;
    const bytes = await readFile(join(ortDist, name));
    const text = name.endsWith('.mjs') ? withoutMapComment(bytes.toString('utf8')) : bytes;
    placed.set(name, path);
    await emit(`assets/${path}`, Buffer.from(text));
  }
}

/** The maps are not served. */
function withoutMapComment(text) {
  return text.replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, '\n');
}

async function placeMarkdown() {
  const result = await build({
    entryPoints: [source('markdown.js')],
    bundle: true, minify: true, write: false, format: 'esm', target, legalComments: 'inline', logLevel: 'warning',
  });
  await place('markdown.js', result.outputFiles[0].text);
}

async function placeSmall(name) {
  await place(name, await minify(name, await readFile(source(name), 'utf8')));
}

async function minify(name, text) {
  const { code } = await transform(text, {
    loader: extname(name).slice(1), minify: true, target, charset: 'utf8', legalComments: 'none',
  });
  return code;
}

async function placeCompiled(name) {
  const file = join(options.client, name);
  if (!existsSync(file)) {
    throw new Error(`${file} is missing: build the module client first (mvn -pl web -am package builds both)`);
  }
  await place(name, await minify(name, await readFile(file, 'utf8')));
}

/** A page with its parts put in, `{{> part.html}}`, and its files named as they were placed, `{{file.js}}`. */
async function placePage(name) {
  let html = await readFile(source(name), 'utf8');
  for (const part of await readdir(source('parts'))) {
    html = html.replaceAll(`{{> ${part}}}`, (await readFile(source(`parts/${part}`), 'utf8')).trimEnd());
  }
  const page = html.replace(/\{\{([^}]+)\}\}/g, (_, file) => {
    if (!placed.has(file)) {
      throw new Error(`${name} names ${file}, which is not among ${[...placed.keys()].join(', ')}`);
    }
    return `assets/${placed.get(file)}`;
  });
  await emit(name, Buffer.from(page.replace(/^ +/gm, '').replace(/<!--[^]*?-->\n?/g, '')));
}

async function removeOthers(folder) {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if ((await stat(path)).isDirectory()) {
      await removeOthers(path);
    } else if (!kept.has(path)) {
      await rm(path);
    }
  }
}

async function placeNotices() {
  const notices = [];
  for (const name of ['onnxruntime-web', 'marked', 'dompurify']) {
    const folder = join(here, 'node_modules', name);
    const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? await readFile(join(folder, file), 'utf8') : '';
    notices.push(`${name} ${version}, ${license}\n\n${text.trim()}\n`);
  }
  await emit('third-party-licenses.txt', Buffer.from(notices.join(`\n${'-'.repeat(79)}\n\n`)));
}

await mkdir(options.out, { recursive: true });
await placeOrt();
for (const name of ['ort-module.js', 'ort-heap.js', 'ort.js', 'images.js']) {
  await placeSmall(name);
}
for (const name of ['samovar.js', 'samovar-pictures.js']) {
  await placeCompiled(name);
}
for (const name of ['worker-start.js', 'worker-boot.js', 'pictures-worker-boot.js']) {
  await placeSmall(name);
}
await placeMarkdown();
for (const name of ['theme.js', 'boot.js', 'styles.css', 'drawings.js', 'pictures-boot.js', 'pictures.css']) {
  await placeSmall(name);
}
await place('samovar.svg', await readFile(source('samovar.svg')));
for (const name of ['index.html', 'pictures.html']) {
  await placePage(name);
}
await placeNotices();
await removeOthers(options.out);
