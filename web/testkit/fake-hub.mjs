// A Hub on loopback that answers as the public one does: small files behind a redirect to its own cache, large ones behind a redirect
// to another host, hashes and commits in headers, refusals with a code. What it answers follows the source of the Hub's clients
// (huggingface_hub's file_download.py, _http.py and hf_api.py; @huggingface/hub) and the answers that users quote in their issues.
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { modelInfo, pathsInfo, pointer, tree } from './hub-repository.mjs';

const HUB = '127.0.0.1';
/** Another name and port, so that a client sees that it is sent elsewhere. */
const STORE = '127.0.0.2';
const XET = 'application/vnd.xet-fileinfo+json';
const PIECE = 1 << 18;

const cors = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,Accept-Ranges,'
    + 'Content-Range,X-Linked-Size,X-Linked-ETag,X-Xet-Hash',
};

const isTrue = (value) => value !== null && value !== undefined && /^(true|1)$/i.test(String(value));
const list = (query, name) => query.getAll(name).flatMap((value) => value.split(','));

async function body(request) {
  const pieces = [];
  for await (const piece of request) {
    pieces.push(piece);
  }
  const text = Buffer.concat(pieces).toString('utf8');
  if (/json/.test(request.headers['content-type'] ?? '')) {
    return JSON.parse(text);
  }
  const form = new URLSearchParams(text);
  return { paths: form.getAll('paths'), expand: form.get('expand') };
}

class FakeHub {
  /** What was asked: `{method, host, path, range, token}` in order, and of the store also `sent`, the bytes that went out. */
  requests = [];
  cutsMade = 0;
  #cuts = new Map();
  #lineFree = 0;

  constructor(repositories, { pageSize, bytesPerSecond }) {
    this.repositories = new Map(repositories.map((repository) => [repository.id, repository]));
    this.pageSize = pageSize;
    /** Of all downloads together; may be changed. */
    this.bytesPerSecond = bytesPerSecond;
    this.hub = createServer((request, response) => this.#answer(request, response, HUB));
    this.store = createServer((request, response) => this.#answer(request, response, STORE));
  }

  async open(port) {
    await new Promise((resolve) => this.hub.listen(port, HUB, resolve));
    await new Promise((resolve) => this.store.listen(0, STORE, resolve));
    this.url = `http://${HUB}:${this.hub.address().port}`;
    this.storeUrl = `http://${STORE}:${this.store.address().port}`;
    return this;
  }

  /** No connection is answered any more, and the ones under way are cut. */
  async close() {
    await Promise.all([this.hub, this.store].map((server) => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    })));
  }

  /** Cuts the next download of a large file after so many bytes of the answer. */
  cutOnce(sha256, bytes) {
    this.#cuts.set(sha256, bytes);
  }

  async #answer(request, response, host) {
    const url = new URL(request.url, `http://${host}`);
    const { range, authorization } = request.headers;
    const asked = { method: request.method, host, path: decodeURIComponent(url.pathname), range, token: authorization, sent: 0 };
    this.requests.push(asked);
    try {
      await (host === STORE ? this.#content(request, response, url, asked) : this.#route(request, response, url));
    } catch (fault) {
      response.destroy(fault);
    }
  }

  #route(request, response, url) {
    const path = url.pathname;
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { ...cors, 'Access-Control-Allow-Headers': '*, Authorization, Range' }).end();
      return undefined;
    }
    let match;
    if (path === '/api/models') {
      return this.#search(response, url);
    }
    if ((match = /^\/api\/resolve-cache\/models\/([^/]+\/[^/]+)\/([^/]+)\/(.+)$/.exec(path))) {
      return this.#small(request, response, ...match.slice(1).map(decodeURIComponent));
    }
    if ((match = /^\/api\/models\/([^/]+\/[^/]+)\/(tree|paths-info|xet-read-token)\/([^/]+)(?:\/(.+))?$/.exec(path))) {
      const [id, what, revision, folder] = match.slice(1).map((part) => part && decodeURIComponent(part));
      return this.#listing(request, response, url, { id, what, revision, folder });
    }
    if ((match = /^\/api\/models\/([^/]+\/[^/]+)(?:\/revision\/([^/]+))?$/.exec(path))) {
      return this.#info(request, response, url.searchParams, match[1], decodeURIComponent(match[2] ?? 'main'));
    }
    if ((match = /^\/([^/]+\/[^/]+)\/(resolve|raw)\/([^/]+)\/(.+)$/.exec(path))) {
      const [id, what, revision, file] = match.slice(1).map(decodeURIComponent);
      return this.#file(request, response, { id, what, revision, file });
    }
    return refuse(response, 404, '', 'Sorry, we can\'t find the page you are looking for.');
  }

  /** The commit that a revision names; null after a refusal. */
  #commit(request, response, id, revision) {
    const repository = this.repositories.get(id);
    if (!repository) {
      // Who is not known is not told whether it exists.
      const known = Boolean(request.headers.authorization);
      refuse(response, known ? 404 : 401, 'RepoNotFound', known ? 'Repository not found' : 'Invalid username or password.');
      return null;
    }
    const sha = repository.refs[revision === 'HEAD' ? 'main' : revision] ?? revision;
    const commit = Object.values(repository.commits).find((candidate) => candidate.sha === sha);
    if (!commit) {
      refuse(response, 404, 'RevisionNotFound', `Invalid rev id: ${revision}`);
      return null;
    }
    return { repository, commit };
  }

  #info(request, response, query, id, revision) {
    const found = this.#commit(request, response, id, revision);
    if (found) {
      json(response, modelInfo(found.repository, found.commit, { expand: list(query, 'expand'), blobs: isTrue(query.get('blobs')) }));
    }
  }

  async #listing(request, response, url, { id, what, revision, folder }) {
    const found = this.#commit(request, response, id, revision);
    if (!found) {
      return;
    }
    if (what === 'xet-read-token') {
      // Nobody serves chunks here: who comes this far took the way that a mirror must not offer.
      refuse(response, 500, '', 'no chunk store');
    } else if (what === 'paths-info') {
      const { paths, expand } = await body(request);
      json(response, pathsInfo(found.commit, paths, isTrue(expand)));
    } else {
      const entries = tree(found.commit, folder, isTrue(url.searchParams.get('recursive')));
      if (entries) {
        this.#page(response, url, entries, { 'X-Repo-Commit': found.commit.sha });
      } else {
        refuse(response, 404, 'EntryNotFound', `${folder} does not exist on "${revision}"`);
      }
    }
  }

  #search(response, url) {
    const words = (url.searchParams.get('search') ?? '').toLowerCase();
    const author = url.searchParams.get('author');
    const expand = list(url.searchParams, 'expand');
    const found = [...this.repositories.values()]
      .filter(({ id }) => id.toLowerCase().includes(words) && (!author || id.startsWith(`${author}/`)))
      .map((repository) => {
        const { siblings, ...info } = modelInfo(repository, repository.commits.main, { expand });
        return isTrue(url.searchParams.get('full')) || expand.includes('siblings') ? { ...info, siblings } : info;
      });
    this.#page(response, url, found, {}, Number(url.searchParams.get('limit') ?? Infinity));
  }

  /** One page of a list, and where the next one is. */
  #page(response, url, entries, headers, limit = Infinity) {
    const size = Math.min(this.pageSize, limit);
    const at = Number(url.searchParams.get('cursor') ?? 0);
    const next = new URL(url.pathname + url.search, this.url);
    next.searchParams.set('cursor', String(at + size));
    const link = at + size < entries.length ? { Link: `<${next}>; rel="next"` } : {};
    json(response, entries.slice(at, at + size), { ...headers, ...link });
  }

  #file(request, response, { id, what, revision, file }) {
    const found = this.#commit(request, response, id, revision);
    if (!found) {
      return;
    }
    const { repository, commit } = found;
    const { token } = repository;
    if (token && request.headers.authorization !== `Bearer ${token}`) {
      const status = request.headers.authorization ? 403 : 401;
      refuse(response, status, 'GatedRepo', `Access to model ${id} is restricted and you are not in the authorized list.`);
      return;
    }
    const entry = commit.find(file);
    const headers = { ...cors, 'X-Repo-Commit': commit.sha, 'Accept-Ranges': 'bytes', Vary: 'Origin, Accept', 'Content-Type': 'text/plain; charset=utf-8' };
    if (!entry) {
      refuse(response, 404, 'EntryNotFound', 'Entry not found', { 'X-Repo-Commit': commit.sha });
    } else if (what === 'raw') {
      const text = entry.sha256 ? Buffer.from(pointer(entry.sha256, entry.size)) : entry.read();
      send(request, response, text, { ...headers, ETag: `"${entry.oid}"` });
    } else if (entry.sha256) {
      this.#large(request, response, repository, commit, entry, headers);
    } else {
      const from = encodeURIComponent(`/${id}/resolve/${revision}/${file}`);
      const Location = `/api/resolve-cache/models/${id}/${commit.sha}/${encodeURI(file)}?${from}=&etag=${encodeURIComponent(`"${entry.oid}"`)}`;
      redirect(request, response, 307, { ...headers, Location });
    }
  }

  /** A small file by its commit. */
  #small(request, response, id, sha, path) {
    const found = this.#commit(request, response, id, sha);
    const entry = found?.commit.find(path);
    if (found && !/^[0-9a-f]{40}$/.test(sha)) {
      refuse(response, 400, '', 'a commit is wanted here');
    } else if (found && entry) {
      const name = encodeURIComponent(path.split('/').at(-1));
      send(request, response, entry.read(), {
        ...cors, ETag: `"${entry.oid}"`, 'X-Repo-Commit': sha, 'Accept-Ranges': 'bytes', 'Content-Type': 'text/plain; charset=utf-8',
        'Content-Disposition': `inline; filename*=UTF-8''${name}; filename="${name}";`,
      });
    } else if (found) {
      refuse(response, 404, 'EntryNotFound', 'Entry not found', { 'X-Repo-Commit': sha });
    }
  }

  /** To the store; or, for those who ask for it, how to put the file together from chunks. */
  #large(request, response, { id }, { sha }, entry, headers) {
    const refreshUrl = `${this.url}/api/models/${id}/xet-read-token/${sha}`;
    const reconstructionUrl = `${this.storeUrl}/v1/reconstructions/${entry.xetHash}`;
    const linked = {
      ...headers, 'X-Linked-Size': String(entry.size), 'X-Linked-ETag': `"${entry.sha256}"`, 'X-Xet-Hash': entry.xetHash,
      Link: `<${refreshUrl}>; rel="xet-auth", <${reconstructionUrl}>; rel="xet-reconstruction-info"`,
    };
    if (request.method === 'GET' && request.headers.accept?.includes(XET)) {
      const text = JSON.stringify({ hash: entry.xetHash, refreshUrl, reconstructionUrl, etag: entry.sha256, size: entry.size });
      response.writeHead(200, { ...linked, 'Content-Type': XET }).end(text);
      return;
    }
    const Location = `${this.storeUrl}/lfs/${entry.sha256}?Expires=1893456000&Signature=open-sesame&Key-Pair-Id=fake`;
    redirect(request, response, 302, { ...linked, Location });
  }

  /** The other host: signed addresses, no account of its own, an ETag of its own. */
  async #content(request, response, url, asked) {
    const sha256 = url.pathname.replace('/lfs/', '');
    const entry = [...this.repositories.values()].flatMap(({ commits }) => Object.values(commits)).flatMap(({ files }) => files)
      .find((file) => file.sha256 === sha256);
    if (!entry || url.searchParams.get('Signature') !== 'open-sesame') {
      response.writeHead(403, { 'Content-Type': 'application/xml' }).end('<Error><Code>AccessDenied</Code></Error>');
    } else if (request.headers.authorization) {
      response.writeHead(400, { 'Content-Type': 'application/xml' }).end('<Error><Code>InvalidArgument</Code></Error>');
    } else {
      await this.#stream(request, response, entry, asked);
    }
  }

  async #stream(request, response, entry, asked) {
    const headers = { ...cors, ETag: `"${entry.xetHash}"`, 'Accept-Ranges': 'bytes', 'Content-Type': 'application/octet-stream' };
    const bytes = part(request, response, entry.read(), headers);
    const cut = this.#cuts.get(entry.sha256);
    if (!bytes || request.method === 'HEAD') {
      response.end();
      return;
    }
    this.#cuts.delete(entry.sha256);
    const end = Math.min(bytes.length, cut ?? Infinity);
    let wake = () => {};
    response.on('drain', () => wake()).on('close', () => wake());
    for (let at = 0; at < end && !response.destroyed; at += PIECE) {
      const piece = bytes.subarray(at, Math.min(at + PIECE, end));
      asked.sent += piece.length;
      const drained = response.write(piece) || new Promise((resolve) => { wake = resolve; });
      await Promise.all([drained, this.#pace(piece.length)]);
    }
    if (end < bytes.length) {
      this.cutsMade++;
      // What was written shall arrive before the line is cut.
      setTimeout(() => response.destroy(), 200);
    } else {
      response.end();
    }
  }

  /** All downloads share one line. */
  #pace(bytes) {
    if (this.bytesPerSecond === Infinity) {
      return undefined;
    }
    const now = performance.now();
    // A timer that came late is made up for, a time when nobody asked is not.
    this.#lineFree = Math.max(this.#lineFree, now - 20) + (bytes / this.bytesPerSecond) * 1000;
    const millis = this.#lineFree - now;
    return millis > 0 ? new Promise((resolve) => setTimeout(resolve, millis)) : undefined;
  }
}

function refuse(response, status, code, message, headers = {}) {
  const said = code ? { 'X-Error-Code': code } : {};
  response.writeHead(status, { ...cors, ...headers, ...said, 'X-Error-Message': message, 'Content-Type': 'application/json; charset=utf-8' })
    .end(JSON.stringify({ error: message }));
}

function json(response, value, headers = {}) {
  response.writeHead(200, { ...cors, ...headers, 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
}

function redirect(request, response, status, headers) {
  const text = `${status === 302 ? 'Found' : 'Temporary Redirect'}. Redirecting to ${headers.Location}`;
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(text) }).end(request.method === 'HEAD' ? '' : text);
}

/** A small file: unchanged, a range of it, packed for who takes it so, or plain. */
function send(request, response, bytes, headers) {
  if (request.headers['if-none-match'] === headers.ETag) {
    response.writeHead(304, headers).end();
  } else if (/\bgzip\b/.test(request.headers['accept-encoding'] ?? '') && !request.headers.range && request.method === 'GET') {
    // As the Hub's cache does: no length, and no word of ranges.
    const { 'Accept-Ranges': ranges, ...packed } = headers;
    response.writeHead(200, { ...packed, 'Content-Encoding': 'gzip' });
    response.write(gzipSync(bytes));
    response.end();
  } else {
    const content = part(request, response, bytes, headers);
    response.end(request.method === 'HEAD' ? undefined : content);
  }
}

/** Writes the head for all of it, or for the range that is asked for. @returns these bytes, or null for none of them */
function part(request, response, bytes, headers) {
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '');
  if (!range || (!range[1] && !range[2])) {
    response.writeHead(200, { ...headers, 'Content-Length': bytes.length });
    return bytes;
  }
  const first = range[1] ? Number(range[1]) : Math.max(0, bytes.length - Number(range[2]));
  const last = range[1] && range[2] ? Math.min(Number(range[2]), bytes.length - 1) : bytes.length - 1;
  if (first > last) {
    response.writeHead(416, { ...headers, 'Content-Range': `bytes */${bytes.length}` });
    return null;
  }
  response.writeHead(206, { ...headers, 'Content-Range': `bytes ${first}-${last}/${bytes.length}`, 'Content-Length': last + 1 - first });
  return bytes.subarray(first, last + 1);
}

/**
 * Starts a Hub.
 * @param repositories `{id, commits: {name: commit(…)}, refs: {main: sha, …}, gated?, token?}`; a token opens the files of a gated one
 * @param options pageSize of listings; bytesPerSecond of all downloads together; port, or any that is free
 */
export function startFakeHub(repositories, { pageSize = 1000, bytesPerSecond = Infinity, port = 0 } = {}) {
  return new FakeHub(repositories, { pageSize, bytesPerSecond }).open(port);
}
