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
import { gzipAsync as zopfli } from '@gfx/zopfli';
import { build, transform } from 'esbuild';
import { minify as shorten } from 'terser';

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
const gzipped = promisify(gzip);
/** Zopfli makes gzip of a twentieth less; of more than this it would take minutes. */
const MOST_BYTES_FOR_ZOPFLI = 2 << 20;
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 10);

/** Where each file of the page has gone: the name that others import it by, and its path under assets/. */
const placed = new Map();
const kept = new Set();
/** The texts by their paths, or by the page's name. */
const contents = new Map();

function compress(bytes) {
  return bytes.length <= MOST_BYTES_FOR_ZOPFLI ? zopfli(bytes, { numiterations: 15 }) : gzipped(bytes, { level: constants.Z_BEST_COMPRESSION });
}

async function emit(path, bytes) {
  const file = join(options.out, path);
  kept.add(file).add(`${file}.gz`);
  const old = existsSync(file) && existsSync(`${file}.gz`) ? await readFile(file) : null;
  if (old && old.equals(bytes)) {
    return;
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
  await writeFile(`${file}.gz`, await compress(bytes));
}

/** Writes a file under its hashed name. Imports of files placed before it are pointed at theirs. */
async function place(name, text) {
  const bytes = Buffer.from(typeof text === 'string' ? redirect(text) : text);
  const path = `${basename(name, extname(name))}.${hash(bytes)}${extname(name)}`;
  placed.set(name, path);
  contents.set(path, bytes.toString('utf8'));
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

/** A script with all that it imports, as one. */
async function placeBundle(name) {
  const result = await build({
    entryPoints: [source(name)],
    bundle: true, minify: true, write: false, format: 'esm', target, legalComments: 'inline', logLevel: 'warning',
  });
  await place(name, result.outputFiles[0].text);
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
  // Its statements get shorter than by esbuild, a fortieth of the whole when compressed.
  const { code } = await shorten(await readFile(file, 'utf8'), { module: true, ecma: 2022, compress: { passes: 2 }, format: { comments: false } });
  await place(name, code);
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
  const text = page.replace(/^ +/gm, '').replace(/<!--[^]*?-->\n?/g, '');
  contents.set(name, text);
  await emit(name, Buffer.from(text));
}

/** All that a text leads to by name, ONNX Runtime left out. */
function consistsOf(text, found = new Set()) {
  for (const path of placed.values()) {
    if (!path.includes('/') && !found.has(path) && text.includes(path)) {
      found.add(path);
      consistsOf(contents.get(path), found);
    }
  }
  return found;
}

/** The service worker, with what there is to keep; its text changes with every version. */
async function placeServiceWorker() {
  const pages = {};
  for (const [name, path] of [['index.html', './'], ['pictures.html', './pictures']]) {
    const html = contents.get(name);
    const sha256 = createHash('sha256').update(html).digest('hex');
    pages[path] = { sha256, files: Array.from(consistsOf(html), (file) => `./assets/${file}`).sort() };
  }
  const build = (name) => ortFiles.filter((file) => name.test(file)).map((file) => `./assets/${placed.get(file)}`);
  const ort = { jspi: build(/jspi/), asyncify: build(/asyncify|ort\.webgpu/) };
  const version = hash(JSON.stringify({ pages, ort }));
  const text = await minify('sw.js', await readFile(source('sw.js'), 'utf8'));
  await emit('sw.js', Buffer.from(text.replace('__SITE__', JSON.stringify({ version, pages, ort }))));
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
await placeBundle('store.js');
for (const name of ['samovar.js', 'samovar-pictures.js']) {
  await placeCompiled(name);
}
for (const name of ['worker-start.js', 'worker-boot.js', 'pictures-worker-boot.js']) {
  await placeSmall(name);
}
await placeBundle('markdown.js');
for (const name of ['theme.js', 'offline.js', 'boot.js', 'styles.css', 'drawings.js', 'pictures-boot.js', 'pictures.css']) {
  await placeSmall(name);
}
await place('samovar.svg', await readFile(source('samovar.svg')));
for (const name of ['index.html', 'pictures.html']) {
  await placePage(name);
}
await placeServiceWorker();
await placeNotices();
await removeOthers(options.out);
