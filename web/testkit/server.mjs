// A small server for browser tests: the compiled client, ONNX Runtime's files, goldens, and models as a Hub.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quickInfo, walk } from './hub-repository.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
// Where models lie: those that are shipped, and those for tests.
const homes = ['models', 'jvm/src/test/models'].map((folder) => join(root, folder));
// Behind this ending of an id, a model whose modules `*_fp16io.onnx` (half precision in and out) stand in the place of `*_fp16.onnx`.
const halfEdges = '-half-edges';
const types = {
  '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json',
};
// The compiled client, what stands beside it on the page, and ONNX Runtime: one folder, as the site has it.
const appFolders = ['client/target/web', 'web/src', 'web/node_modules/onnxruntime-web/dist', 'web/testkit/pages'];
// What the self-test reads by its path in the repository.
const fileFolders = ['shared/src/test/resources', 'models/bundled'];
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

function inside(folder, path) {
  const file = join(root, folder, normalize(path));
  return file.startsWith(join(root, folder)) && existsSync(file) && statSync(file).isFile() ? file : null;
}

/** From each name in a model's listing to the file behind it; null where there is no such model. */
function modelFiles(id) {
  const halves = id.endsWith(halfEdges);
  const path = halves ? id.slice(0, -halfEdges.length) : id;
  const folder = homes.map((home) => join(home, path)).find((one) => existsSync(one));
  if (!folder) {
    return null;
  }
  const names = walk(folder).filter((name) => !(halves && name.endsWith('_fp16.onnx')));
  return new Map(names.map((name) => [halves ? name.replace('_fp16io.onnx', '_fp16.onnx') : name, join(folder, name)]));
}

const listings = new Map();

function listing(id, files) {
  if (!listings.has(id)) {
    listings.set(id, quickInfo(id, files));
  }
  return listings.get(id);
}

/** Which file, text or status an address stands for. */
function find(path, mounts) {
  const mount = Object.keys(mounts).find((prefix) => path.startsWith(prefix));
  if (mount) {
    return { file: inside(mounts[mount], path.slice(mount.length)) };
  }
  let match = /^\/app\/([\w./-]+)$/.exec(path);
  if (match) {
    return { file: appFolders.map((folder) => inside(folder, match[1])).find(Boolean) };
  }
  match = /^\/files\/([\w./-]+)$/.exec(path);
  if (match && fileFolders.some((folder) => match[1].startsWith(`${folder}/`))) {
    return { file: inside('.', match[1]) };
  }
  match = /^\/api\/models\/([\w.-]+\/[\w.-]+)\/revision\/[\w.-]+$/.exec(path);
  if (match) {
    const files = modelFiles(match[1]);
    return files ? { text: JSON.stringify(listing(match[1], files)) } : { error: 'RepoNotFound' };
  }
  match = /^\/([\w.-]+\/[\w.-]+)\/resolve\/[\w.-]+\/([\w./-]+)$/.exec(path);
  if (match) {
    return { file: modelFiles(match[1])?.get(match[2]), error: 'EntryNotFound' };
  }
  return {};
}

/** The whole, or the range that is asked for. */
function sendFile(request, response, file, headers) {
  const { size } = statSync(file);
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')?.map(Number) ?? [0, 0, size - 1];
  const range = request.headers.range ? { 'Content-Range': `bytes ${start}-${end}/${size}` } : {};
  response.writeHead(request.headers.range ? 206 : 200, { ...isolation, ...headers, ...range, 'Content-Length': end - start + 1 });
  createReadStream(file, size ? { start, end } : {}).pipe(response);
}

function answer(request, response, mounts) {
  const found = find(decodeURIComponent(new URL(request.url, 'http://localhost').pathname), mounts);
  if (found.text) {
    response.writeHead(200, { ...isolation, 'Content-Type': 'application/json' }).end(found.text);
  } else if (found.file) {
    const headers = { 'Content-Type': types[extname(found.file)] ?? 'application/octet-stream' };
    if (extname(found.file) === '.gz') {
      headers['Content-Encoding'] = 'gzip';
    }
    sendFile(request, response, found.file, headers);
  } else {
    response.writeHead(404, { ...isolation, ...(found.error ? { 'X-Error-Code': found.error } : {}) }).end();
  }
}

/**
 * Starts on a free port. `requests` are the paths asked for so far; `intercept(request, response)` may answer a request itself
 * and return true; `mounts` are further folders of the repository by the prefix under which they are served.
 */
export async function startServer({ intercept = () => false, mounts = {} } = {}) {
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(request.url);
    if (!intercept(request, response)) {
      answer(request, response, mounts);
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${server.address().port}`,
    requests,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
  };
}

/** A file of the repository, parsed. */
export function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

/** A file of the repository as text; throws where it is missing. */
export function readText(path) {
  return readFileSync(join(root, path), 'utf8');
}
